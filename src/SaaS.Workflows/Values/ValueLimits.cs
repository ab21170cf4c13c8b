namespace SaaS.Workflows.Values;

/// <summary>How large a value may become. Values come from tenants and applicants, so every one is bounded.</summary>
public static class ValueLimits
{
    /// <summary>Nesting of arrays and objects.</summary>
    public const int Depth = 64;

    /// <summary>Characters of one text made by an expression.</summary>
    public const int TextLength = 65_536;

    /// <summary>Elements or members of one array or object made by an expression.</summary>
    public const int Elements = 4_096;
}
