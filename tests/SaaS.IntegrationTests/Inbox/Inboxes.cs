using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Inbox;

namespace SaaS.IntegrationTests.Inbox;

/// <summary>The inboxes of everybody who can sign in.</summary>
internal static class Inboxes
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<Waiting>> InboxAsync(this Season season, string user)
        => await season.Platform.Services.GetRequiredService<ReadInbox>().RunAsync((await season.UsersAsync())[user], Cancelled);

    /// <summary>Everybody for whom something of a kind waits, with how much, in the order of names.</summary>
    public static async Task<IReadOnlyList<string>> WhoAsync(this Season season, WaitingKind kind)
    {
        var who = new List<string>();
        foreach (var user in (await season.UsersAsync()).Keys.Order(StringComparer.Ordinal))
        {
            var count = (await season.InboxAsync(user)).Count(item => item.Kind == kind);
            if (count > 0)
            {
                who.Add(count == 1 ? user : $"{user} {count}");
            }
        }

        return who;
    }

    public static async Task<Dictionary<string, Guid>> UsersAsync(this Season season)
    {
        await using var connection = await season.Platform.OpenAdminAsync();
        await using var command = new NpgsqlCommand("select user_name, id from users", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var users = new Dictionary<string, Guid>();
        while (await reader.ReadAsync(Cancelled))
        {
            users[reader.GetString(0)] = reader.GetGuid(1);
        }

        return users;
    }
}
