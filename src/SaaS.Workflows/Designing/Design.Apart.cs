using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <content>Different steps that two people added under one id.</content>
public sealed partial class Design
{
    /// <summary>Gives every step that both added, each another one, an id of its own here.</summary>
    /// <param name="before">What both began with.</param>
    /// <param name="theirs">What the other one made of it.</param>
    internal Design Apart(Design before, Design theirs)
    {
        var known = before.Definition.Root.Flowchart.Activities.Select(step => step.Id).ToHashSet();
        var added = theirs.Definition.Root.Flowchart.Activities.Where(step => !known.Contains(step.Id)).GroupBy(step => step.Id).ToDictionary(group => group.Key, group => group.First());
        var taken = added.Keys.Concat(known).ToHashSet();
        return Definition.Root.Flowchart.Activities
            .Where(step => added.TryGetValue(step.Id, out var other) && !(JsonElement.DeepEquals(step.Json, other.Json) && WaysOn(step.Id).SetEquals(theirs.WaysOn(step.Id))))
            .Aggregate(this, (design, step) => design.Renumber(step.Id, taken));
    }

    private HashSet<(string Port, string Target)> WaysOn(string step)
        => [.. Definition.Root.Flowchart.Connections.Where(way => way.Source == step).Select(way => (way.SourcePort, way.Target))];

    private Design Renumber(string step, HashSet<string> taken) => Edit(chart =>
    {
        var stem = step.TrimEnd("0123456789".ToCharArray());
        var number = 2;
        while (taken.Contains(Id(number)) || chart.Find(Id(number)) is not null)
        {
            number++;
        }

        foreach (var (way, read) in chart.Ways)
        {
            Lead(way, "source", read.Source);
            Lead(way, "target", read.Target);
        }

        var json = chart.Step(step);
        if ((string?)json["name"] == step)
        {
            json["name"] = Id(number);
        }

        if ((string?)json["nodeId"] is { } node && node.EndsWith(":" + step, StringComparison.Ordinal))
        {
            json["nodeId"] = node[..^step.Length] + Id(number);
        }

        json["id"] = Id(number);

        string Id(int count) => stem + count.ToString(CultureInfo.InvariantCulture);

        void Lead(JsonObject way, string end, string at)
        {
            if (at != step)
            {
                return;
            }

            if (way[end] is JsonObject place)
            {
                place["activity"] = Id(number);
            }
            else
            {
                way[end] = Id(number);
            }
        }
    });
}
