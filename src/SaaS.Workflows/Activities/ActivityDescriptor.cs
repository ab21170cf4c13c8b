using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities;

/// <summary>
/// What an activity says about itself, once. The designer, Elsa Studio, the checker and the compiler all read this and nothing else.
/// A type name and version never change meaning: published definitions hold them for ever.
/// </summary>
public sealed record ActivityDescriptor
{
    /// <summary>For example <c>Grant.CheckEligibility</c>.</summary>
    public required string TypeName { get; init; }

    public int Version { get; init; } = 1;

    public required Words Category { get; init; }

    public required Words DisplayName { get; init; }

    public Words Description { get; init; }

    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>The outcomes that are always there. Empty means the one outcome Done, unless the activity is terminal.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Names of ports that hold an embedded activity, for example <c>Then</c>.</summary>
    public IReadOnlyList<string> EmbeddedPorts { get; init; } = [];

    /// <summary>Makes a bookmark and waits.</summary>
    public bool IsBlocking { get; init; }

    /// <summary>Ends the flowchart that it stands in.</summary>
    public bool IsTerminal { get; init; }

    public bool IsStart { get; init; }

    /// <summary>Holds other activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>May start a workflow by itself when its definition is published.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Whether the designer offers it.</summary>
    public bool IsBrowsable { get; init; } = true;
}

/// <summary>An input of an activity.</summary>
/// <param name="Name">The name in Pascal case; in the JSON of a definition it is written in camel case.</param>
/// <param name="TypeName">Elsa's type alias, for example <c>String</c>, <c>Boolean</c>, <c>Object</c>.</param>
public sealed record InputDescriptor(string Name, string TypeName)
{
    public Words DisplayName { get; init; }

    public Words Description { get; init; }

    /// <summary>Which editor shows it: <c>singleline</c>, <c>multiline</c>, <c>checkbox</c>, <c>dropdown</c>, <c>json-editor</c>, ….</summary>
    public string UiHint { get; init; } = "singleline";

    /// <summary>Choices of a dropdown or check list.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>
    /// True: the JSON holds an Elsa input with an expression, evaluated before each execution.
    /// False: the JSON holds the raw value, read once when the definition is compiled (see <see cref="ActivityType.Prepare"/>).
    /// </summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Whether it is evaluated before the activity runs. False only where the activity evaluates it itself, as a loop its condition.</summary>
    public bool AutoEvaluate { get; init; } = true;

    /// <summary>The value when the definition does not give one; undefined means none.</summary>
    public Value Default { get; init; }

    /// <summary>Whether the default holds also where the input is written, but cannot be read; else it is nothing then.</summary>
    public bool IsDefaultForUnreadable { get; init; } = true;

    /// <summary>The least whole number that can be used; null where the input is no number.</summary>
    public long? Least { get; init; }

    /// <summary>The largest whole number that can be used.</summary>
    public long? Most { get; init; }

    /// <summary>The whole number that holds where the definition gives none.</summary>
    public long? Otherwise { get; init; }

    /// <summary>The choice that holds where the definition makes none; null where it must be made.</summary>
    public string? OtherwiseOption { get; init; }

    /// <summary>What it is counted in: won, days, points.</summary>
    public Words Unit { get; init; }

    /// <summary>Expression syntax that an editor offers first.</summary>
    public string DefaultSyntax { get; init; } = "Literal";

    /// <summary>Whether the checker asks for it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The name of its property in the JSON of a definition.</summary>
    public string JsonName { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}

/// <summary>An output of an activity: in a definition it names the variable that receives it.</summary>
public sealed record OutputDescriptor(string Name, string TypeName)
{
    public Words DisplayName { get; init; }

    public Words Description { get; init; }

    /// <summary>The name of its property in the JSON of a definition.</summary>
    public string JsonName { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}
