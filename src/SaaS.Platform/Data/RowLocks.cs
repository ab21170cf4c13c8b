using Microsoft.EntityFrameworkCore;

namespace SaaS.Platform.Data;

/// <summary>Locks rows as they are read, with LINQ.</summary>
public static class RowLocks
{
    /// <summary>
    /// The tag of a query whose rows are locked until the transaction ends, in every table of it. Whoever changes such a row or locks it
    /// as well comes afterwards and reads it as it was left; rows that only refer to it may be added meanwhile.
    /// </summary>
    public const string Tag = "lock rows";

    private const string Comment = "-- " + Tag;
    private const string Clause = "\nfor no key update";

    /// <summary>See <see cref="Tag"/>, which compiled queries give themselves with <c>TagWith</c>.</summary>
    public static IQueryable<T> Locked<T>(this IQueryable<T> query) => query.TagWith(Tag);

    /// <summary>The command's text as PostgreSQL shall get it.</summary>
    internal static string Apply(string commandText) => commandText.StartsWith(Comment, StringComparison.Ordinal) ? commandText[Comment.Length..] + Clause : commandText;
}
