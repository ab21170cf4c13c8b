namespace SaaS.Platform.Data;

/// <summary>
/// Given to a context by whoever runs its whole transaction once more, from its beginning, when it fails: then what the process remembers
/// may stand in for what would have to be read and locked first. The second time without it.
/// </summary>
internal sealed class Recollection
{
    /// <summary>Something was not read but remembered. Whatever the transaction failed with, it may be because that was out of date.</summary>
    public bool WasUsed { get; private set; }

    public void Use() => WasUsed = true;
}
