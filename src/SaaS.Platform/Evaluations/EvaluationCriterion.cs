using System.Text.Json;

namespace SaaS.Platform.Evaluations;

/// <summary>One thing that is judged.</summary>
/// <param name="Code">Stable within the programme.</param>
/// <param name="Ko">What it is called.</param>
/// <param name="En">The same in English.</param>
/// <param name="Weight">The most points that it can get; all weights together make 100.</param>
public sealed record EvaluationCriterion(string Code, string Ko, string En, int Weight)
{
    internal static IReadOnlyList<EvaluationCriterion> ReadAll(string json)
        => JsonSerializer.Deserialize<List<EvaluationCriterion>>(json, JsonSerializerOptions.Web) ?? [];
}
