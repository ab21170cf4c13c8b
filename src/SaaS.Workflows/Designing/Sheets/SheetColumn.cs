using System.Text.Json.Nodes;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    Text,

    /// <summary>A name of letters and digits that nothing else in the table has.</summary>
    Code,

    /// <summary>A whole number: won, firms, months, points.</summary>
    Whole,

    /// <summary>Written as a percentage with at most two decimals, kept in basis points.</summary>
    Percent,

    YesNo,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>What a condition compares with: it depends on the field and the comparison beside it.</summary>
    Value,
}

/// <summary>A column of a table, by the name of its member in the JSON.</summary>
/// <param name="Name">Of the member.</param>
/// <param name="Title">As people call it, with the unit in brackets.</param>
public sealed record SheetColumn(string Name, Words Title, CellKind Kind = CellKind.Text)
{
    /// <summary>Of a choice; people write their names or these.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public Func<string, Words> OptionName { get; init; } = OptionNames.Of;

    /// <summary>The largest whole number.</summary>
    public long Most { get; init; } = 999_999_999_999_999;

    /// <summary>What holds where the JSON has no such member.</summary>
    public JsonValue? Otherwise { get; init; }

    /// <summary>Whether a code may be used, beyond what any code must be.</summary>
    public Func<string, bool> Accepts { get; init; } = _ => true;

    /// <summary>Whether it must not be empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether a row is known again by it.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether several rows may have the same key.</summary>
    public bool MayRepeat { get; init; }
}
