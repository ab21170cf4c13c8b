using SaaS.Workflows.Values;

namespace SaaS.Workflows.Cases;

/// <summary>Compares the result of a case with what was recorded, and names every difference.</summary>
public static class CaseComparison
{
    private static readonly string[] Compared =
        ["status", "subStatus", "correlationId", "name", "output", "variables", "executed", "completed", "journal", "stdout", "bookmarks", "incidents", "bursts"];

    /// <summary>One sentence for each difference, naming where it is; empty when there is none.</summary>
    public static IReadOnlyList<string> Differences(Value expected, Value result)
    {
        var differences = new List<string>();
        foreach (var key in Compared)
        {
            if (expected[key].Kind == ValueKind.Undefined)
            {
                continue;
            }

            switch (key)
            {
                case "bookmarks":
                    CompareAsSet(key, expected[key], result[key], BookmarkOf, differences);
                    break;
                case "incidents":
                    CompareAsSet(key, expected[key], result[key], IncidentOf, differences);
                    break;
                case "bursts":
                    CompareBursts(expected[key], result[key], differences);
                    break;
                default:
                    Compare(key, expected[key], result[key], differences);
                    break;
            }
        }

        return differences;
    }

    private static void Compare(string where, Value expected, Value result, List<string> differences)
    {
        if (expected.Kind == ValueKind.Array && result.Kind == ValueKind.Array)
        {
            for (var i = 0; i < Math.Max(expected.Items.Length, result.Items.Length); i++)
            {
                var first = i < expected.Items.Length ? expected.Items[i] : Value.Undefined;
                var second = i < result.Items.Length ? result.Items[i] : Value.Undefined;
                if (first != second)
                {
                    differences.Add($"{where}[{i}]: expected {Show(first)}, got {Show(second)}");
                    if (expected.Items.Length != result.Items.Length)
                    {
                        // What follows is only shifted.
                        return;
                    }
                }
            }

            return;
        }

        if (expected.Members is { } members && result.Members is { } given)
        {
            foreach (var name in members.Members.ToArray().Concat(given.Members.ToArray()).Select(member => member.Key).Distinct())
            {
                Compare($"{where}.{name}", expected[name], result[name], differences);
            }

            return;
        }

        if (expected != result)
        {
            differences.Add($"{where}: expected {Show(expected)}, got {Show(result)}");
        }
    }

    private static void CompareAsSet(string where, Value expected, Value result, Func<Value, Value> essence, List<string> differences)
    {
        var missing = expected.Items.ToArray().Select(essence).ToList();
        foreach (var item in result.Items.ToArray().Select(essence))
        {
            if (!missing.Remove(item))
            {
                differences.Add($"{where}: not expected: {Show(item)}");
            }
        }

        differences.AddRange(missing.Select(item => $"{where}: missing: {Show(item)}"));
    }

    private static void CompareBursts(Value expected, Value result, List<string> differences)
    {
        for (var i = 0; i < Math.Max(expected.Items.Length, result.Items.Length); i++)
        {
            var where = $"bursts[{i}]";
            if (i >= expected.Items.Length || i >= result.Items.Length)
            {
                differences.Add(i >= expected.Items.Length ? $"{where}: not expected" : $"{where}: missing");
                continue;
            }

            var (first, second) = (expected.Items[i], result.Items[i]);
            Compare($"{where}.status", first["status"], second["status"], differences);
            Compare($"{where}.subStatus", first["subStatus"], second["subStatus"], differences);
            Compare($"{where}.resumeSkipped", first["resumeSkipped"], second["resumeSkipped"], differences);
            CompareAsSet($"{where}.activities", first["activities"], second["activities"], ActivityOf, differences);
            CompareAsSet($"{where}.bookmarks", first["bookmarks"], second["bookmarks"], BookmarkOf, differences);
        }
    }

    private static Value ActivityOf(Value activity) =>
        Value.Object(("activity", activity["activity"]), ("status", activity["status"]), ("outcomes", activity["outcomes"]), ("faults", activity["faults"]));

    private static Value IncidentOf(Value incident) =>
        Value.Object(("activity", incident["activity"]), ("type", incident["type"]), ("message", incident["message"]));

    /// <summary>Times and ids differ from run to run.</summary>
    private static Value BookmarkOf(Value bookmark)
    {
        var payload = new ValueObject();
        if (bookmark["payload"].Members is { } members)
        {
            foreach (var (name, value) in members.Members)
            {
                if (name is not ("resumeAt" or "executeAt" or "taskId" or "childInstanceId" or "childInstanceIds" or "parentInstanceId"))
                {
                    payload.Set(name, value);
                }
            }
        }

        return Value.Object(("activity", bookmark["activity"]), ("name", bookmark["name"]), ("payload", Value.From(payload)));
    }

    private static string Show(Value value) => value.Kind == ValueKind.Undefined ? "nothing" : value.ToJson();
}
