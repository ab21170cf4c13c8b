using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace SaaS.UnitTests.Web;

/// <summary>Every sentence of the pages stands in Korean and in English, and every page asks for sentences that exist.</summary>
public sealed partial class TextsTests
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Definitions = ["workflows", "tenants"];
    private static readonly string Web = Path.Combine(Root, "src", "SaaS.Web");

    public static TheoryData<string> Areas => [.. Directory.EnumerateFiles(Path.Combine(Web, "Texts"), "*Texts.resx").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Areas))]
    public void Both_languages_have_every_sentence(string area)
    {
        var korean = Read(area + ".resx");
        var english = Read(area + ".en.resx");

        Assert.Equal(korean.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(korean, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(english, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Both_languages_have_the_same_places_to_fill_in(string area)
    {
        var english = Read(area + ".en.resx");

        Assert.All(Read(area + ".resx"), text => Assert.Equal(Places(text.Value), Places(english[text.Key])));
    }

    [Fact]
    public void A_page_asks_only_for_sentences_that_exist()
    {
        var shared = Read("SharedTexts.resx");
        var missing = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Web, "*.razor*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
        {
            var source = File.ReadAllText(file);
            var own = AreaOf(file) is { } area ? Read(area + "Texts.resx") : [];
            missing.AddRange(SharedKey().Matches(source).Select(match => match.Groups[1].Value).Where(key => !shared.ContainsKey(key)).Select(key => $"{Path.GetFileName(file)}: S[{key}]"));
            missing.AddRange(OwnKey().Matches(source).Select(match => match.Groups[1].Value).Where(key => !own.ContainsKey(key)).Select(key => $"{Path.GetFileName(file)}: T[{key}]"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void What_the_central_government_pays_has_one_name_in_English()
    {
        var shown = Areas.SelectMany(area => Read((string)area.Data + ".en.resx").Select(text => (Where: $"{area.Data}: {text.Key}", Words: text.Value)));
        var written = Definitions
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.json", SearchOption.AllDirectories))
            .Select(file => (Where: Path.GetRelativePath(Root, file), Words: File.ReadAllText(file)));

        Assert.Equal("Central government", Read("SharedTexts.en.resx")["funder.National"]);
        Assert.Empty(shown.Concat(written).Where(text => OtherName().IsMatch(text.Words)).Select(text => text.Where));
    }

    private static string? AreaOf(string file)
    {
        var parts = Path.GetRelativePath(Web, file).Split(Path.DirectorySeparatorChar);
        return parts is ["Pages", var area, ..] ? area : null;
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Web, "Texts", file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SaaS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("SaaS.sln is not above the tests.");
    }

    // A key followed by + is only the beginning of one.
    [GeneratedRegex("""\bS\["([^"]+)"[\],]""")]
    private static partial Regex SharedKey();

    [GeneratedRegex("""\bT\["([^"]+)"[\],]""")]
    private static partial Regex OwnKey();

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bthe State\b|\bnational (money|shares?|grants?|budget)\b|\bcentral grants?\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherName();
}
