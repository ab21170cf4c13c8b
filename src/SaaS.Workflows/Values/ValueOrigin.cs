namespace SaaS.Workflows.Values;

/// <summary>What a list or an object is to .NET. Scripts read them all alike, but written as text each looks different.</summary>
internal enum ValueOrigin
{
    /// <summary>Made by a script.</summary>
    Script,

    /// <summary>Came from outside: a list, or an object with members of any kind.</summary>
    Outside,

    /// <summary>A dictionary of anything.</summary>
    Dictionary,

    /// <summary>A dictionary of texts.</summary>
    TextDictionary,

    /// <summary>Read from JSON text and left as JSON.</summary>
    Json,
}
