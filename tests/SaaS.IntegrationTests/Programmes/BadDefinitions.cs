using System.Text;
using System.Text.Json.Nodes;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Definitions that nobody should have written, made from one that is right.</summary>
internal static class BadDefinitions
{
    public static string TenMegabytes(string good) => Changed(good, definition => definition["description"] = new string('x', 10_000_000));

    public static string TenThousandSteps(string good) => Changed(good, definition =>
    {
        var steps = Steps(definition);
        for (var number = 0; number < 10_000; number++)
        {
            steps.Add((JsonNode)Step($"more{number}", "Elsa.WriteLine"));
        }
    });

    /// <summary>A sequence in a sequence in a sequence …</summary>
    public static string NestedTwentyThousandDeep(string good)
    {
        const int deep = 20_000;
        var nested = new StringBuilder();
        for (var level = 0; level < deep; level++)
        {
            nested.Append("{\"id\":\"deep").Append(level).Append("\",\"type\":\"Elsa.Sequence\",\"version\":1,\"activities\":[");
        }

        nested.Append(string.Concat(Enumerable.Repeat("]}", deep)));
        return Changed(good, definition => Steps(definition).Add("NESTED")).Replace("\"NESTED\"", nested.ToString(), StringComparison.Ordinal);
    }

    public static string AnIdTwice(string good) => Changed(good, definition => Steps(definition).Add((JsonNode)Step("evaluation", "Elsa.WriteLine")));

    public static string AConnectionToNowhere(string good) => Changed(good, definition => Connections(definition).Add(Connection("application", "Accepted", "nowhere")));

    public static string AWrongTypeInAnInput(string good) => Changed(good, definition => Steps(definition).Single(step => (string?)step!["id"] == "agreement")!["withinDays"] = "soon");

    /// <summary>Two steps that lead to each other, and neither waits.</summary>
    public static string ACycleThatNeverWaits(string good) => Changed(good, definition =>
    {
        Steps(definition).Add((JsonNode)Step("round", "Elsa.WriteLine"));
        Steps(definition).Add((JsonNode)Step("again", "Elsa.WriteLine"));
        Connections(definition).Single(way => (string?)way!["source"]!["activity"] == "application" && (string?)way["source"]!["port"] == "Accepted")!["target"]!["activity"] = "round";
        Connections(definition).Add(Connection("round", "Done", "again"));
        Connections(definition).Add(Connection("again", "Done", "round"));
    });

    private static string Changed(string good, Action<JsonNode> change)
    {
        var definition = JsonNode.Parse(good)!;
        change(definition);
        return definition.ToJsonString();
    }

    private static JsonArray Steps(JsonNode definition) => definition["root"]!["activities"]!.AsArray();

    private static JsonArray Connections(JsonNode definition) => definition["root"]!["connections"]!.AsArray();

    private static JsonObject Step(string id, string type) => new() { ["id"] = id, ["nodeId"] = $"Workflow1:root:{id}", ["type"] = type, ["version"] = 1 };

    private static JsonObject Connection(string source, string port, string target) => new()
    {
        ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
    };
}
