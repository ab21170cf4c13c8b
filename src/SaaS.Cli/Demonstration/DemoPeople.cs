using System.Text.Json;

namespace SaaS.Cli.Demonstration;

/// <summary>Somebody who can sign in at a demonstration.</summary>
/// <param name="User">The name to sign in with.</param>
/// <param name="Role">As in the tenant's file: Officer, Finance, Approver, Representative, Evaluator, Inspector, …</param>
/// <param name="BusinessNumber">The body that the person acts for, ten digits.</param>
/// <param name="Body">Its name.</param>
/// <param name="Kind">What kind of body it is, as in the files.</param>
internal sealed record DemoPerson(string User, string Role, string BusinessNumber, string Body, string Kind);

/// <summary>The invented people of the tenants' folders: whoever has to act in a case is found here by body and role.</summary>
internal sealed class DemoPeople
{
    private DemoPeople(IReadOnlyList<DemoPerson> all) => All = all;

    public IReadOnlyList<DemoPerson> All { get; }

    /// <exception cref="DemoFailureException">Nobody of that body has one of the roles.</exception>
    public DemoPerson Of(string body, params string[] roles)
        => roles.Select(role => All.FirstOrDefault(person => person.Body == body && person.Role == role)).FirstOrDefault(person => person is not null)
            ?? throw new DemoFailureException($"'{body}'에 {string.Join("/", roles)} 역할의 사람이 없습니다 / nobody at '{body}' has the role {string.Join(" or ", roles)}");

    public IEnumerable<DemoPerson> With(string role) => All.Where(person => person.Role == role);

    /// <param name="tenants">The folder of the tenants' folders.</param>
    public static DemoPeople Read(string tenants)
    {
        var people = new List<DemoPerson>();
        foreach (var folder in Directory.GetDirectories(tenants).Order(StringComparer.Ordinal))
        {
            if (Json(Path.Combine(folder, "tenant.json")) is { } tenant)
            {
                people.AddRange(Of(tenant, tenant.GetProperty("organisation"), tenant.GetProperty("kind").GetString()!));
            }

            if (Json(Path.Combine(folder, "registry.json")) is { } registry)
            {
                people.AddRange(registry.GetProperty("organisations").EnumerateArray().SelectMany(body => Of(body, body, body.GetProperty("kind").GetString()!)));
            }
        }

        return new DemoPeople(people);
    }

    private static IEnumerable<DemoPerson> Of(JsonElement holder, JsonElement body, string kind)
    {
        if (!holder.TryGetProperty("people", out var people))
        {
            yield break;
        }

        var number = body.TryGetProperty("businessNumber", out var written) ? written.GetString() ?? "" : "";
        foreach (var person in people.EnumerateArray())
        {
            yield return new DemoPerson(
                person.GetProperty("user").GetString()!,
                person.GetProperty("role").GetString()!,
                number.Replace("-", "", StringComparison.Ordinal),
                body.GetProperty("ko").GetString()!,
                kind);
        }
    }

    private static JsonElement? Json(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
