using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.IntegrationTests.Data;

/// <summary>What a server is brought to at every start.</summary>
public sealed class PrepareDatabaseTests(PlatformFixture platform)
{
    [Fact]
    public async Task A_database_is_prepared_again_at_every_start_but_never_one_that_another_build_has_made()
    {
        var admin = new NpgsqlConnectionStringBuilder(platform.Settings.Admin) { Database = $"saas_other_{Guid.NewGuid():N}", Pooling = false };
        var prepare = new PrepareDatabase(new DatabaseSettings(admin.ConnectionString, platform.Settings.Secret, platform.Settings.RolePrefix));
        try
        {
            await prepare.RunAsync(TestContext.Current.CancellationToken);
            await prepare.RunAsync(TestContext.Current.CancellationToken);

            await using (var connection = new NpgsqlConnection(admin.ConnectionString))
            {
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                await using var newer = new NpgsqlCommand(
                    "insert into history.migrations (migration_id, product_version) values ('20990101000000_OfANewerBuild', '10.0.0')", connection);
                await newer.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => prepare.RunAsync(TestContext.Current.CancellationToken));
            Assert.Contains("Another build made this database (20990101000000_OfANewerBuild)", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await using var server = await platform.OpenAdminAsync();
            await using var drop = new NpgsqlCommand($"drop database if exists {admin.Database} with (force)", server);
            await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
