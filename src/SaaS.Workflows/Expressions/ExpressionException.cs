namespace SaaS.Workflows.Expressions;

/// <summary>An expression failed while it ran.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
