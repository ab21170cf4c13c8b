using System.Net;
using System.Text.RegularExpressions;

namespace SaaS.IntegrationTests.Access;

/// <summary>A form as a page offers it, to be sent as somebody without script would.</summary>
internal sealed partial record PostedForm(string? Action, bool IsMultipart, IReadOnlyList<(string Name, string Value, bool Hidden)> Fields)
{
    public static IEnumerable<PostedForm> In(string html)
    {
        foreach (Match form in Forms().Matches(html))
        {
            if (Attribute(form.Groups[1].Value, "method") != "post")
            {
                continue;
            }

            var fields = Controls().Matches(form.Groups[2].Value)
                .Select(control => (
                    Name: Attribute(control.Value, "name") ?? "",
                    Value: Attribute(control.Value, "value") ?? "",
                    Hidden: Attribute(control.Value, "type") == "hidden"))
                .Where(field => field.Name.Length > 0)
                .ToList();
            yield return new PostedForm(
                Attribute(form.Groups[1].Value, "action"), Attribute(form.Groups[1].Value, "enctype") == "multipart/form-data", fields);
        }
    }

    /// <summary>The form with the same text in everything that can be filled in; what is hidden stays.</summary>
    public HttpContent With(string text)
    {
        var values = Fields.DistinctBy(field => field.Name).Select(field => KeyValuePair.Create(field.Name, field.Hidden ? field.Value : text)).ToList();
        if (!IsMultipart)
        {
            return new FormUrlEncodedContent(values);
        }

        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            parts.Add(new StringContent(value), name);
        }

        return parts;
    }

    private static string? Attribute(string tag, string name)
        => Regex.Match(tag, $"""\s{name}="([^"]*)" """.TrimEnd(), RegexOptions.IgnoreCase) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(?:input|select|textarea|button)[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Controls();
}
