namespace SaaS.Workflows.Values;

/// <summary>What a <see cref="Value"/> holds: the kinds of JSON, and JavaScript's undefined.</summary>
public enum ValueKind
{
    /// <summary>Not there at all; also the default of the struct.</summary>
    Undefined,

    /// <summary>There, and null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A double, as in JavaScript: whole numbers are exact up to 2^53.</summary>
    Number,

    /// <summary>Text.</summary>
    String,

    /// <summary>A list; never changed once made.</summary>
    Array,

    /// <summary>Named members in their order; never changed once made.</summary>
    Object,
}
