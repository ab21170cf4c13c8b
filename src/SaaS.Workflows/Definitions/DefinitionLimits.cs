namespace SaaS.Workflows.Definitions;

/// <summary>How large a definition may be. Tenants write definitions, so what is larger is refused with a sentence.</summary>
public static class DefinitionLimits
{
    /// <summary>Characters of the JSON text.</summary>
    public const int TextLength = 8_000_000;

    /// <summary>Nesting of the JSON text. One activity inside another takes two or three levels.</summary>
    public const int Depth = 256;

    /// <summary>Activities in one definition, nested ones included.</summary>
    public const int Activities = 5_000;

    /// <summary>Connections of one flowchart.</summary>
    public const int Connections = 10_000;
}
