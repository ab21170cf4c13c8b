using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Npgsql;
using SaaS.Platform.Identity;

namespace SaaS.IntegrationTests.Access;

/// <summary>Whose an id in a path is, seen from the reader.</summary>
internal enum Whose
{
    /// <summary>Everything in the path is the reader's, or there is nothing in it to be anybody's.</summary>
    Own,
    Foreign,
    Absent,
}

/// <summary>A route with its parameters filled.</summary>
/// <param name="Url">What to ask for.</param>
/// <param name="Whose">Whose it is.</param>
/// <param name="Varied">The parameter that is not the reader's own, counted from 0: only paths that vary the same one are alike.</param>
/// <param name="Filled">What was put in, to be taken out of the answer again.</param>
internal sealed record FilledPath(string Url, Whose Whose, int Varied, IReadOnlyList<string> Filled);

/// <summary>Fills a route's parameters with ids of the reader's, of somebody else's, and of nothing.</summary>
internal sealed class Paths(NpgsqlConnection connection)
{
    private readonly Dictionary<(Kind, SaaS.Platform.Data.Plane, Guid, Guid), (string?, string?)> found = [];

    /// <summary>The parameters of a route that no kind is known for.</summary>
    public static IEnumerable<string> Unknown(RouteEndpoint route)
        => Parameters(route).Where(key => !Kind.ByPath.ContainsKey(key) && !Kind.Plain.ContainsKey(key)).Select(key => $"{route.RoutePattern.RawText}: {{{key}}}");

    public async Task<IReadOnlyList<FilledPath>> FillAsync(RouteEndpoint route, Reader reader)
    {
        var keys = Parameters(route).ToList();
        var kinds = keys.Where(Kind.ByPath.ContainsKey).ToList();
        if (kinds.Count == 0)
        {
            return [Fill(route, keys, Whose.Own, 0, new Dictionary<string, string>())];
        }

        var membership = reader.On(Sample(route, reader));
        var plane = PlanePath.Of(Sample(route, reader)).Plane;
        var own = new Dictionary<string, string>();
        var foreign = new Dictionary<string, string>();
        foreach (var key in kinds)
        {
            var (mine, theirs) = await FindAsync(Kind.ByPath[key], plane, membership, reader.User);
            own.AddIfThere(key, mine);
            foreign.AddIfThere(key, theirs);
        }

        var absent = kinds.ToDictionary(key => key, key => Kind.ByPath[key].Absent);
        var filled = new List<FilledPath>();
        if (own.Count == kinds.Count)
        {
            filled.Add(Fill(route, keys, Whose.Own, 0, own));
        }

        // One parameter at a time is somebody else's or nothing; those before it are the reader's own where there are any.
        for (var i = 0; i < kinds.Count; i++)
        {
            var others = absent.ToDictionary();
            foreach (var key in kinds.Where((_, at) => at != i && own.ContainsKey(kinds[at])))
            {
                others[key] = own[key];
            }

            if (foreign.TryGetValue(kinds[i], out var theirs))
            {
                filled.Add(Fill(route, keys, Whose.Foreign, i, others.With(kinds[i], theirs)));
            }

            filled.Add(Fill(route, keys, Whose.Absent, i, others.With(kinds[i], absent[kinds[i]])));
        }

        if (foreign.Count == kinds.Count && kinds.Count > 1)
        {
            filled.Add(Fill(route, keys, Whose.Foreign, 0, foreign));
        }

        return filled;
    }

    private static string Sample(RouteEndpoint route, Reader reader)
        => ("/" + route.RoutePattern.RawText!.TrimStart('/')).Replace("{tenant}", reader.Membership?.TenantId ?? "x", StringComparison.OrdinalIgnoreCase);

    /// <summary>Each parameter with the part of the path before it, as <see cref="Kind.ByPath"/> names it.</summary>
    private static IEnumerable<string> Parameters(RouteEndpoint route)
    {
        var before = "";
        foreach (var part in route.RoutePattern.PathSegments.Select(segment => segment.Parts[0]))
        {
            if (part is RoutePatternParameterPart parameter)
            {
                yield return $"{before}/{{{parameter.Name}}}";
            }
            else
            {
                before = ((RoutePatternLiteralPart)part).Content;
            }
        }
    }

    private static FilledPath Fill(RouteEndpoint route, IReadOnlyList<string> keys, Whose whose, int varied, IReadOnlyDictionary<string, string> values)
    {
        var texts = keys.Select(key => values.TryGetValue(key, out var value) ? value : Kind.Plain[key]).ToList();
        var next = 0;
        var parts = route.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : texts[next++]);
        return new FilledPath("/" + string.Join('/', parts), whose, varied, [.. values.Values.OrderByDescending(value => value.Length)]);
    }

    private async Task<(string? Own, string? Foreign)> FindAsync(Kind kind, SaaS.Platform.Data.Plane plane, ActorMembership? membership, Guid user)
    {
        // Whom nobody lets in owns nothing there.
        var who = membership ?? new ActorMembership(Guid.Empty, default, "", "", null, new HashSet<MemberRole>());
        var key = (kind, membership is null && plane is not SaaS.Platform.Data.Plane.Public ? SaaS.Platform.Data.Plane.Jobs : plane, who.OrganisationId, user);
        if (!found.TryGetValue(key, out var ids))
        {
            found[key] = ids = await kind.FindAsync(connection, key.Item2, who, user);
        }

        return ids;
    }
}

internal static class Entries
{
    public static void AddIfThere(this Dictionary<string, string> entries, string key, string? value)
    {
        if (value is not null)
        {
            entries[key] = value;
        }
    }

    public static Dictionary<string, string> With(this Dictionary<string, string> entries, string key, string value)
        => new(entries) { [key] = value };
}
