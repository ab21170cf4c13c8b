namespace SaaS.Web.Layout;

/// <summary>One entry of the main menu; <c>Key</c> is its words in the shared texts.</summary>
public sealed record MenuItem(string Key, string Href)
{
    public bool IsHere(string path) => path == Href || (path.StartsWith(Href + "/", StringComparison.Ordinal) && Href.Count(letter => letter == '/') > 1);
}
