using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>Where the database is and how each plane signs in to it.</summary>
/// <param name="Admin">Connection string of an administrator; used by the operator's commands only.</param>
/// <param name="Secret">Passwords of the planes are derived from it.</param>
/// <param name="RolePrefix">Roles belong to the whole server: two installations on one server need two prefixes.</param>
public sealed record DatabaseSettings(string Admin, string Secret, string RolePrefix = "app")
{
    /// <summary>Reads <c>SAAS_DB</c> (key=value or postgresql:// form), <c>SAAS_SECRET</c> and, where one server serves two copies, <c>SAAS_ROLES</c>.</summary>
    public static DatabaseSettings From(IConfiguration configuration) => new(
        Normalise(Required(configuration, "SAAS_DB")),
        Required(configuration, "SAAS_SECRET"),
        configuration["SAAS_ROLES"] is { Length: > 0 } prefix ? prefix : "app");

    /// <summary>The role that owns all tables; nobody can sign in as it.</summary>
    public string Owner => $"{RolePrefix}_owner";

    public string RoleOf(Plane plane) => plane is Plane.Administration ? Owner : $"{RolePrefix}_{plane.ToString().ToLowerInvariant()}";

    public string PasswordOf(string role) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(role)));

    public string ConnectionOf(Plane plane)
    {
        var connection = new NpgsqlConnectionStringBuilder(Admin)
        {
            ApplicationName = $"saas {plane}",
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            IncludeFailedBatchedCommand = true,

            // Compiling the thousands of expressions that a long query has with its policies takes seconds; running it takes milliseconds.
            Options = "-c jit=off",
        };
        if (plane is Plane.Administration)
        {
            connection.Options += $" -c role={Owner}";
            connection.MaxPoolSize = 5;
            return connection.ConnectionString;
        }

        connection.Username = RoleOf(plane);
        connection.Password = PasswordOf(connection.Username);
        connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, PoolOf(plane));
        return connection.ConnectionString;
    }

    // Web and worker together stay under PostgreSQL's default of 100 connections.
    private static int PoolOf(Plane plane) => plane switch
    {
        Plane.Tenant => 12,
        Plane.Jobs => 14,
        Plane.Public => 8,
        _ => 4,
    };

    private static string Required(IConfiguration configuration, string name)
        => configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The environment variable {name} is not set. build/run sets it; see README.md.");

    private static string Normalise(string value)
    {
        if (!value.StartsWith("postgres", StringComparison.Ordinal) || !Uri.TryCreate(value, UriKind.Absolute, out var address))
        {
            return value;
        }

        var user = address.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port < 0 ? 5432 : address.Port,
            Database = address.AbsolutePath.TrimStart('/'),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }
}
