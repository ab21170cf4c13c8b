using System.Text.Json;
using System.Text.Json.Nodes;

namespace SaaS.Cli.Demonstration;

/// <summary>Makes a case's own programme out of the win-win template: its steps stay, its shares, funders and tranches are the case's.</summary>
internal static class CaseProgramme
{
    private static readonly int[] UsualTranches = [4_000, 3_000, 3_000];

    /// <summary>The rows of the share table, as a definition holds them.</summary>
    /// <exception cref="DemoFailureException">They are neither an array of rows nor an object of basis points.</exception>
    public static IReadOnlyList<JsonObject> Shares(string file, WrittenCase written)
    {
        var rows = new List<JsonObject>();
        switch (JsonNode.Parse(written.Shares!.Value.GetRawText()))
        {
            case JsonArray array when array.All(row => row is JsonObject found && found["funder"] is JsonValue name && name.GetValueKind() == JsonValueKind.String):
                rows.AddRange(array.Select(row => (JsonObject)row!.DeepClone()));
                break;
            case JsonObject shorthand:
                rows.AddRange(shorthand.Select(share => new JsonObject { ["funder"] = share.Key, ["targetBp"] = share.Value?.DeepClone() }));
                break;
            default:
                throw new DemoFailureException($"{file}: /shares: [{{\"funder\": …, \"targetBp\": …}}] 형식이어야 합니다 / must be rows with funder and targetBp");
        }

        foreach (var row in rows)
        {
            row.TryAdd("base", "EligibleCost");
            row.TryAdd("minBp", 0);
            row.TryAdd("maxBp", 10_000);
            row.TryAdd("paidBy", row["funder"]!.GetValue<string>() == "National" ? "National" : "Self");
        }

        return rows;
    }

    public static string Write(CasePlace place, WrittenCase written)
    {
        var definition = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceFolder.Find("workflows"), "win-win.json")))!.AsObject();
        var name = Path.GetFileName(place.ProgrammeFile);
        var shares = Shares(name, written);
        var funders = shares.Select(share => share["funder"]!.GetValue<string>()).ToList();
        definition["id"] = $"{place.Tenant}-{name}-v1";
        definition["definitionId"] = $"{place.Tenant}-{name}";
        definition["customProperties"]!["programme"] = new JsonObject
        {
            ["slug"] = name,
            ["model"] = funders.Contains("LeadFirm") ? "WinWin" : funders.Contains("Province") || funders.Contains("Municipality") ? "LocalGovernment" : "Standard",
            ["year"] = 2025,
            ["ko"] = written.Name ?? "사례",
            ["en"] = written.Name ?? "Case",
            ["summaryKo"] = "시연을 위한 사례입니다.",
            ["summaryEn"] = "A case for demonstration.",
            ["legalSource"] = "시연",
        };
        var root = definition["root"]!;
        var template = root["activities"]!.AsArray().ToDictionary(activity => activity!["id"]!.GetValue<string>(), activity => activity!.DeepClone().AsObject());
        Fill(template, place, written, shares);
        var way = Way(template, funders, written.Tranches ?? UsualTranches);
        var ends = template.Values.Where(activity => activity["type"]!.GetValue<string>() is "Grant.Close" or "Grant.Notify" && activity["id"]!.GetValue<string>() != "close");
        root["activities"] = new JsonArray([.. way.Concat(ends)]);
        root["connections"] = new JsonArray([.. Connections(way)]);
        return definition.ToJsonString();
    }

    private static void Fill(Dictionary<string, JsonObject> template, CasePlace place, WrittenCase written, IReadOnlyList<JsonObject> shares)
    {
        template["tier"]["tiers"] = new JsonArray(new JsonObject
        {
            ["tier"] = place.Tier,
            ["ko"] = "사례",
            ["en"] = "Case",
            ["when"] = new JsonArray(),
            ["totalCostMin"] = written.Total,
            ["totalCostMax"] = written.Total,
            ["months"] = 9,
        });
        var share = template["shareJoint"];
        share["tier"] = place.Tier;
        share["roundingUnit"] = written.RoundingUnit ?? 1_000;
        share["bearer"] = written.Bearer ?? "Firm";
        share["shares"] = new JsonArray([.. shares]);
    }

    /// <summary>The steps from receipt to completion, in order.</summary>
    private static List<JsonObject> Way(Dictionary<string, JsonObject> template, List<string> funders, IReadOnlyList<int> tranches)
    {
        var way = new List<JsonObject> { template["receive"], template["check"], template["tier"], template["shareJoint"], template["application"], template["evaluation"] };
        if (funders.Contains("National"))
        {
            way.Add(template["reserve"]);
        }

        foreach (var funder in funders.Where(funder => funder is "LeadFirm" or "Province" or "Municipality"))
        {
            way.Add(Copy(template["commitLeadFirm"], $"commit{funder}", step => step["funder"] = funder));
        }

        way.Add(template["agreement"]);
        for (var index = 0; index < tranches.Count; index++)
        {
            var (number, last) = (index + 1, index == tranches.Count - 1);
            if (last)
            {
                way.Add(template["finalInspection"]);
            }
            else if (index > 0)
            {
                way.Add(Copy(template["interimInspection"], $"interimInspection{index}", _ => { }));
            }

            way.Add(Copy(template["tranche1"], $"tranche{number}", step =>
            {
                step["tranche"] = number;
                step["percentBp"] = tranches[index];
                step["last"] = last;
            }));
        }

        way.Add(template["close"]);
        return way;
    }

    private static JsonObject Copy(JsonObject step, string id, Action<JsonObject> change)
    {
        var copy = step.DeepClone().AsObject();
        copy["id"] = id;
        copy["name"] = id;
        copy["nodeId"] = "Workflow1:root:" + id;
        change(copy);
        return copy;
    }

    private static IEnumerable<JsonNode> Connections(List<JsonObject> way)
    {
        for (var index = 0; index + 1 < way.Count; index++)
        {
            var id = way[index]["id"]!.GetValue<string>();
            var (yes, noes) = Outcomes(way[index]);
            yield return Connection(id, yes, way[index + 1]["id"]!.GetValue<string>());
            foreach (var (port, end) in noes)
            {
                yield return Connection(id, port, end);
            }
        }

        yield return Connection("tellIneligible", "Done", "closeIneligible");
    }

    private static (string Yes, (string Port, string End)[] Noes) Outcomes(JsonObject step) => step["type"]!.GetValue<string>() switch
    {
        "Grant.CheckEligibility" => ("Eligible", [("Ineligible", "tellIneligible"), ("Indeterminate", "tellIneligible")]),
        "Grant.ChooseTier" => (step["tiers"]![0]!["tier"]!.GetValue<string>(), [("None", "tellIneligible")]),
        "Grant.ShareCost" => ("Done", [("Infeasible", "closeIneligible")]),
        "Grant.ApplicationStage" => ("Accepted", [("Rejected", "closeRejected")]),
        "Grant.EvaluationStage" => ("Selected", [("NotSelected", "closeNotSelected")]),
        "Grant.ReserveNationalShare" => ("Reserved", [("Refused", "closeRefused"), ("TimedOut", "closeRefused")]),
        "Grant.CommitShare" => ("Committed", [("Refused", "closeRefused"), ("TimedOut", "closeRefused")]),
        "Grant.SignAgreement" => ("Signed", [("Declined", "closeDeclined"), ("Lapsed", "closeDeclined")]),
        "Grant.DisbursementStage" => ("Paid", [("Stopped", "closeFailed")]),
        "Grant.InspectionStage" => ("Passed", [("Failed", "closeFailed")]),
        _ => ("Done", []),
    };

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
