using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <content>Steps come, go and move.</content>
public sealed partial class Design
{
    /// <summary>
    /// Puts a new step on the way out of another: what was there comes after it. Its first outcome leads on; every other one leads to the
    /// end that fits it (refused, rejected, declined, …), which is made when there is none. Before an agreement come the promises of all who
    /// have a share, see <see cref="ArrangeFunding"/>.
    /// </summary>
    /// <param name="type">For example <c>Grant.HumanTask</c>.</param>
    /// <param name="after">The step before it.</param>
    /// <param name="port">The outcome of that step.</param>
    /// <param name="step">The new step's id.</param>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design AddStep(string type, string after, string port, out string step)
    {
        var id = "";
        var design = Edit(chart =>
        {
            chart.Step(after);
            id = chart.NewId(type);
            var made = NewStep.Of(id, type, chart.Steps);
            NewStep.Place(made, chart.Steps, chart.Step(after), right: 1, down: 0);
            chart.Add(made);
            LeadRefusalsToEnds(chart, id);
            Insert(chart, id, after, port);
        });
        step = id;
        return type == "Grant.SignAgreement" ? design.ArrangeFunding() : design;
    }

    /// <summary>Takes a step out: what led to it leads to where its first outcome led. Steps that only it led to go with it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design RemoveStep(string step) => Edit(chart =>
    {
        chart.Step(step);
        var before = chart.Reached();
        Detach(chart, step);
        chart.Remove([step]);
        RemoveUnreached(chart, before);
    });

    /// <summary>Takes a step from its place and puts it on the way out of another; its refusals keep their ends.</summary>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design MoveStep(string step, string after, string port) => step == after ? this : Edit(chart =>
    {
        chart.Step(after);
        chart.Step(step);
        Detach(chart, step);
        Insert(chart, step, after, port);
    });

    /// <summary>Leads an outcome to another step than before; an outcome leads to one step.</summary>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design Lead(string source, string port, string target) => Edit(chart =>
    {
        chart.Step(source);
        chart.Step(target);
        chart.Disconnect(way => way.Source == source && way.SourcePort == port);
        chart.Connect(source, port, target);
    });

    internal static void Insert(Chart chart, string id, string after, string port)
    {
        var onward = chart.Outcomes(chart.Step(id)) is [var first, ..] ? first : null;
        var next = chart.Ways.Where(way => way.Way.Source == after && way.Way.SourcePort == port).Select(way => way.Way.Target).ToList();
        chart.Disconnect(way => way.Source == after && way.SourcePort == port);
        chart.Connect(after, port, id);
        if (onward is not null)
        {
            foreach (var target in next)
            {
                chart.Connect(id, onward, target);
            }
        }
    }

    private static void Detach(Chart chart, string id)
    {
        var onward = chart.Outcomes(chart.Step(id)) is [var first, ..] ? first : null;
        var next = chart.Ways.FirstOrDefault(way => way.Way.Source == id && way.Way.SourcePort == onward).Way?.Target;
        if (next is null || next == id)
        {
            chart.Disconnect(way => way.Target == id);
        }
        else
        {
            chart.Redirect(way => way.Target == id, next);
        }

        chart.Disconnect(way => way.Source == id && way.SourcePort == onward);
    }

    private static void RemoveUnreached(Chart chart, HashSet<string> before)
    {
        var now = chart.Reached();
        chart.Remove(before.Where(id => !now.Contains(id)));
    }

    internal static void LeadRefusalsToEnds(Chart chart, string id)
    {
        foreach (var outcome in chart.Outcomes(chart.Step(id)).Skip(1))
        {
            chart.Connect(id, outcome, End(chart, NewStep.ResultOf(outcome), chart.Step(id)));
        }
    }

    internal static string End(Chart chart, string result, JsonObject from)
    {
        if (chart.Steps.FirstOrDefault(step => (string?)step["type"] == "Grant.Close" && (string?)step["result"] == result) is { } end)
        {
            return (string)end["id"]!;
        }

        var id = chart.NewId("close" + result);
        JsonObject made = NewStep.Of(id, "Grant.Close", chart.Steps);
        made["result"] = result;
        SetName(made, NewStep.EndName(result));
        NewStep.Place(made, chart.Steps, from, right: 1, down: 3);
        chart.Add(made);
        return id;
    }
}
