namespace SaaS.Workflows.Compilation;

/// <summary>The types of Elsa that change a value on its way into an input, output or variable.</summary>
[Flags]
internal enum TypeKind
{
    /// <summary>As it is.</summary>
    Object,
    Text,
    Boolean,

    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    TimeSpan,
    Guid,
    DateTime,
    DateTimeOffset,
    Bytes,

    /// <summary>An object with members of any kind.</summary>
    Expando,

    /// <summary>The same, as a dictionary.</summary>
    Map,

    /// <summary>A dictionary whose members are texts.</summary>
    TextMap,

    /// <summary>As <see cref="Map"/>, but of an interface, which has no default.</summary>
    Dictionary,

    /// <summary>As <see cref="TextMap"/>, but of an interface, which has no default.</summary>
    TextDictionary,

    /// <summary>One of the names of <see cref="ChoiceConversion.JoinModes"/>.</summary>
    JoinMode,

    /// <summary>One of the names of <see cref="ChoiceConversion.SwitchModes"/>.</summary>
    SwitchMode,

    /// <summary>A list; the other bits say of what.</summary>
    List = 64,

    /// <summary>A list of an interface, which has no default.</summary>
    Collection = 128,
}
