namespace SaaS.Workflows.Compilation;

/// <summary>The types of Elsa that change a value on its way into an input, output or variable.</summary>
internal enum TypeKind
{
    /// <summary>As it is.</summary>
    Object,
    Text,
    Boolean,

    Int16,
    Int32,
    Int64,

    /// <summary>A number with a fraction.</summary>
    Float,
    TimeSpan,
    Guid,
    DateTime,
    List,
    TextList,
    Dictionary,

    /// <summary>One of an activity's own choices, for example the mode of a join.</summary>
    Choice,
}
