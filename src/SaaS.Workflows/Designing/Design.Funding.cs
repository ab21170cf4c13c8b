using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <content>Whoever has a share must also promise it.</content>
public sealed partial class Design
{
    private const string LeadFirm = "LeadFirm";

    private static readonly (string Funder, string Type, Words Name)[] Promises =
    [
        ("National", "Grant.ReserveNationalShare", new("국비 확보", "Reserve central money")),
        ("Province", "Grant.CommitShare", new("도비 확약", "Province commits")),
        ("Municipality", "Grant.CommitShare", new("시·군비 확약", "Municipality commits")),
        (LeadFirm, "Grant.CommitShare", new("주관기업 확약", "Lead firm commits")),
    ];

    /// <summary>
    /// Brings the steps in line with the shares: before the agreement every funder that has a share in some tier reserves or commits it, and
    /// none that has no share is asked. A tier without a funder's share passes its step by itself. A lead firm that pays also signs.
    /// </summary>
    public Design ArrangeFunding() => Edit(chart =>
    {
        var funders = chart.Steps.Where(step => (string?)step["type"] == "Grant.ShareCost")
            .SelectMany(step => new[] { step["shares"] }.Concat(step["overrides"] is JsonArray places ? places.OfType<JsonObject>().Select(place => place["shares"]) : []))
            .SelectMany(shares => shares is JsonArray rows ? rows.OfType<JsonObject>() : [])
            .Select(row => (string?)row["funder"])
            .ToHashSet();
        var before = chart.Reached();
        foreach (var (funder, type, _) in Promises.Where(promise => !funders.Contains(promise.Funder)))
        {
            foreach (var step in chart.Steps.Where(step => Is(step, type, funder)).Select(step => (string)step["id"]!).ToList())
            {
                Detach(chart, step);
                chart.Remove([step]);
            }
        }

        RemoveUnreached(chart, before);
        foreach (var signers in chart.Steps.Where(step => (string?)step["type"] == "Grant.SignAgreement").Select(step => step["signers"]).OfType<JsonArray>())
        {
            LetLeadFirmSign(signers, funders.Contains(LeadFirm));
        }

        var next = chart.Steps.FirstOrDefault(step => (string?)step["type"] == "Grant.SignAgreement");
        foreach (var (funder, type, name) in Promises.Reverse())
        {
            if (chart.Steps.FirstOrDefault(step => Is(step, type, funder)) is { } there)
            {
                next = there;
            }
            else if (next is not null && funders.Contains(funder))
            {
                next = AddBefore(chart, (string)next["id"]!, type, funder, name);
            }
        }
    });

    private static void LetLeadFirmSign(JsonArray signers, bool pays)
    {
        var there = signers.FirstOrDefault(signer => (string?)signer == LeadFirm);
        if (pays && there is null)
        {
            // The tenant signs last.
            var last = signers.Select(signer => (string?)signer).ToList().IndexOf("Tenant");
            signers.Insert(last < 0 ? signers.Count : last, LeadFirm);
        }
        else if (!pays && there is not null)
        {
            signers.Remove(there);
        }
    }

    private static bool Is(JsonObject step, string type, string funder)
        => (string?)step["type"] == type && (type != "Grant.CommitShare" || (string?)step["funder"] == funder);

    private static JsonObject AddBefore(Chart chart, string next, string type, string funder, Words name)
    {
        var id = chart.NewId(type == "Grant.CommitShare" ? "commit" + funder : "reserve");
        var step = NewStep.Of(id, type, chart.Steps);
        SetName(step, name);
        if (type == "Grant.CommitShare")
        {
            step["funder"] = funder;
        }

        NewStep.Place(step, chart.Steps, chart.Step(next), right: 0, down: 1);
        chart.Add(step);
        chart.Redirect(way => way.Target == next, id);
        chart.Connect(id, chart.Outcomes(step)[0], next);
        LeadRefusalsToEnds(chart, id);
        return step;
    }
}
