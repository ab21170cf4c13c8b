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
    Dictionary,

    /// <summary>An object whose members are texts.</summary>
    TextDictionary,

    /// <summary>One of an activity's own choices, for example the mode of a join.</summary>
    Choice,

    /// <summary>A list; the other bits say of what.</summary>
    List = 64,
}
