using System.Globalization;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <content>Edits by place, as findings name it.</content>
public sealed partial class Design
{
    /// <summary>A copy of what stands at a JSON pointer; null where nothing does.</summary>
    public JsonNode? At(string pointer) => Find(_json, Parts(pointer))?.DeepClone();

    /// <summary>Puts a value at a JSON pointer, in place of what stands there; null takes it away. Where its holder is missing nothing changes.</summary>
    public Design SetAt(string pointer, JsonNode? value) => Edit(chart =>
    {
        var parts = Parts(pointer);
        var last = parts[^1];
        switch (Find(chart.Json, parts[..^1]))
        {
            case JsonObject holder:
                Put(holder, last, value?.DeepClone());
                break;
            case JsonArray list when int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count:
                if (value is null)
                {
                    list.RemoveAt(index);
                }
                else
                {
                    list[index] = value.DeepClone();
                }

                break;
        }
    });

    private static string[] Parts(string pointer) => [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode? Find(JsonNode from, IEnumerable<string> parts)
    {
        JsonNode? at = from;
        foreach (var part in parts)
        {
            at = at switch
            {
                JsonObject holder => holder[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return at;
    }
}
