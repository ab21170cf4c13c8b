namespace SaaS.Web.Kit;

/// <summary>What is wrong with a posted form, in the order of its fields. <c>Where</c> is a field's name, empty for the form as a whole.</summary>
public sealed class FormErrors
{
    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> All => entries;

    public bool Any => entries.Count > 0;

    public void Add(string where, string ko, string en) => entries.Add(new Entry(where, ko, en));

    public IEnumerable<string> At(string where) => entries.Where(entry => entry.Where == where).Select(entry => entry.Text);

    /// <summary>The id of the element that a field's name leads to.</summary>
    public static string IdOf(string name) => name.Replace('.', '-').Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    public sealed record Entry(string Where, string Ko, string En)
    {
        public string Text => Language.Of(Ko, En);
    }
}
