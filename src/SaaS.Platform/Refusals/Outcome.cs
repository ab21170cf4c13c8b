namespace SaaS.Platform.Refusals;

/// <summary>What kind of no a refusal is.</summary>
public enum RefusalKind
{
    /// <summary>The request as it is cannot be done; another one may.</summary>
    Invalid,

    /// <summary>The thing is not in the state for it (any more).</summary>
    Conflict,

    /// <summary>Somebody else must do it.</summary>
    Forbidden,
}

/// <summary>
/// What came of an operation: done, not there (which a foreign row is as well), or refused with all reasons at once.
/// Page and endpoint only dress it: <c>outcome switch { Outcome&lt;T&gt;.Done done => …, Outcome&lt;T&gt;.NotFound => …, Outcome&lt;T&gt;.Refused refused => … }</c>.
/// </summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Done(T Value) : Outcome<T>;

    public sealed record NotFound : Outcome<T>;

    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Refusal> Reasons) : Outcome<T>;

    /// <summary>True when it was done; gives the value.</summary>
    public bool IsDone([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        value = this is Done done ? done.Value : default;
        return this is Done;
    }

    /// <summary>The reasons of a refusal; empty otherwise.</summary>
    public IReadOnlyList<Refusal> WhyNot => this is Refused refused ? refused.Reasons : [];

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal reason) => new Refused(RefusalKind.Invalid, [reason]);

    public static implicit operator Outcome<T>(List<Refusal> reasons) => new Refused(RefusalKind.Invalid, reasons);

    public static implicit operator Outcome<T>(NoSuchRow nothing) => new NotFound();
}

/// <summary>Says that there is no such row, to whatever outcome is wanted: <c>return Absent.Row;</c>.</summary>
public readonly record struct NoSuchRow;

/// <summary>The words for the outcomes that carry no value.</summary>
public static class Absent
{
    public static NoSuchRow Row => default;
}
