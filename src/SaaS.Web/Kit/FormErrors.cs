using SaaS.Platform.Refusals;

namespace SaaS.Web.Kit;

/// <summary>What is wrong with a posted form, in the order of its fields. <c>Where</c> is a field's name, empty for the form as a whole.</summary>
public sealed class FormErrors
{
    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> All => entries;

    public bool Any => entries.Count > 0;

    public void Add(string where, string ko, string en) => entries.Add(new Entry(where, ko, en));

    /// <summary>Takes over the reasons of a refusal, each once. One about something that this form does not ask stands at the form as a whole.</summary>
    public void Add(IEnumerable<Refusal> refusals, Func<string, string?> fieldOf)
    {
        foreach (var refusal in refusals)
        {
            var where = (refusal.Where is { } subject ? fieldOf(subject) : null) ?? "";
            var entry = new Entry(where, Sentence(refusal.Ko, refusal.NearestKo, refusal.Source), Sentence(refusal.En, refusal.NearestEn, refusal.Source));
            if (!entries.Contains(entry))
            {
                entries.Add(entry);
            }
        }
    }

    /// <summary>Puts the problems in the order in which the form asks; those of the whole form come last.</summary>
    public void Order(Func<string, int> place)
    {
        var ordered = entries.OrderBy(entry => entry.Where.Length == 0 ? int.MaxValue : place(entry.Where)).ToList();
        entries.Clear();
        entries.AddRange(ordered);
    }

    public IEnumerable<string> At(string where) => entries.Where(entry => entry.Where == where).Select(entry => entry.Text);

    /// <summary>The id of the element that a field's name leads to.</summary>
    public static string IdOf(string name) => name.Replace('.', '-').Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static string Sentence(string sentence, string? nearest, string? source) =>
        sentence + (string.IsNullOrWhiteSpace(nearest) ? "" : " " + nearest) + (string.IsNullOrWhiteSpace(source) ? "" : $" ({source})");

    public sealed record Entry(string Where, string Ko, string En)
    {
        public string Text => Language.Of(Ko, En);
    }
}
