namespace SaaS.Platform.Evaluations;

/// <summary>The payload of <c>evaluation.submitted</c>.</summary>
internal sealed record EvaluationMessage(Guid EvaluationId);
