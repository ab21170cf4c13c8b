namespace SaaS.Workflows.Expressions;

/// <summary>How large an expression may be. With values bounded too, no expression can exhaust the host.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters of one expression.</summary>
    public const int SourceLength = 8_192;

    /// <summary>Nesting of operators, calls and brackets.</summary>
    public const int Depth = 100;

    /// <summary>Parts of one expression: operators, operands, calls.</summary>
    public const int Nodes = 1_000;

    /// <summary>Characters and elements that one evaluation may handle in all, so that many small texts cannot add up either.</summary>
    public const int Handled = 131_072;
}
