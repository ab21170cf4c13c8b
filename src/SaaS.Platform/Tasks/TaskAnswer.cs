using System.Text.Json;

namespace SaaS.Platform.Tasks;

/// <summary>One answer that a task allows.</summary>
/// <param name="Code">The outcome on which the workflow goes on.</param>
/// <param name="Ko">What people choose.</param>
/// <param name="En">The same in English.</param>
public sealed record TaskAnswer(string Code, string Ko, string En)
{
    internal static IReadOnlyList<TaskAnswer> ReadAll(string json) => JsonSerializer.Deserialize<List<TaskAnswer>>(json, JsonSerializerOptions.Web) ?? [];
}
