using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.IntegrationTests.Access;

/// <summary>
/// Every page and every endpoint of the running host, as every role of the demo and as nobody, with own, foreign and absent ids: what
/// belongs to somebody else answers as what is not there, and nothing answers with a fault.
/// </summary>
public sealed class SweepTests(PlatformFixture platform)
{
    private static readonly string[] Writing = ["POST", "PUT", "PATCH", "DELETE"];

    private readonly ConcurrentBag<string> findings = [];
    private readonly ConcurrentDictionary<string, bool> ownSeen = [];
    private int requests;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_foreign_answers_as_what_is_absent_everywhere_and_nothing_faults()
    {
        await AccessWorld.OpenAsync(platform);
        await using var website = new Website(platform);
        await using var connection = await platform.OpenAdminAsync();
        var routes = website.Endpoints;
        Assert.Empty(routes.SelectMany(Paths.Unknown));
        var paths = new Paths(connection);
        var asked = new List<(Reader Reader, RouteEndpoint Route, IReadOnlyList<FilledPath> Filled)>();
        foreach (var reader in await AccessWorld.ReadersAsync(platform, website))
        {
            foreach (var route in routes)
            {
                asked.Add((reader, route, await paths.FillAsync(route, reader)));
            }
        }

        await Parallel.ForEachAsync(asked, Cancelled, async (turn, _) => await ReadAsync(website, turn.Reader, turn.Route, turn.Filled));
        await Parallel.ForEachAsync(asked, Cancelled, async (turn, _) => await WriteAsync(website, turn.Reader, turn.Route, turn.Filled));
        foreach (var (reader, route, filled) in asked)
        {
            await WriteOwnAsync(website, reader, route, filled);
        }

        findings.AddAll(ownSeen.Where(seen => !seen.Value).Select(seen => $"{seen.Key}: nobody saw it with an own id, so that the sweep proves nothing there"));
        findings.AddAll(website.Faults.Select(fault => $"logged: {fault}"));
        TestContext.Current.SendDiagnosticMessage("{0} requests to {1} routes", requests, routes.Count);
        Assert.True(findings.IsEmpty, string.Join('\n', findings.Distinct().Order()));
    }

    private static bool Answers(RouteEndpoint route, string method)
        => route.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods || methods.HttpMethods.Contains(method);

    private static bool IsPage(RouteEndpoint route) => Answers(route, "GET") && Answers(route, "POST");

    private async Task ReadAsync(Website website, Reader reader, RouteEndpoint route, IReadOnlyList<FilledPath> filled)
    {
        if (!Answers(route, "GET"))
        {
            return;
        }

        var answers = new List<(FilledPath, Answer)>();
        foreach (var path in filled)
        {
            var answer = await website.SendAsync(HttpMethod.Get, path.Url, reader.Cookie);
            answers.Add((path, answer));
            Check($"{reader} GET {path.Url} ({path.Whose})", answer);
            if (IsPage(route) && path.Whose is Whose.Own && answer.Code == 200)
            {
                await PostFormsAsync(website, reader, path, filled, answer);
            }
        }

        var whole = $"{reader} GET {route.RoutePattern.RawText}";
        Compare(whole, answers);
        foreach (var (path, answer) in answers.Where(pair => pair.Item1 is { Whose: Whose.Own, Filled.Count: > 0 } && HasSomething(route)))
        {
            Seen(route, "GET", answer.Code == 200);
            if (answer.Code != 200)
            {
                findings.Add($"{reader} GET {path.Url} (own): {answer.Code}");
            }
        }
    }

    /// <summary>Of Elsa's API only what names a definition or an instance: the rest is there for Studio's sake, some of it always empty.</summary>
    private static bool HasSomething(RouteEndpoint route)
        => !route.RoutePattern.RawText!.Contains("elsa/api", StringComparison.Ordinal) || route.RoutePattern.Parameters.Any(parameter => parameter.Name is "id" or "definitionId");

    private static bool Open(RouteEndpoint route) => PlanePath.Of("/" + route.RoutePattern.RawText!.TrimStart('/')).Plane is Plane.Public;

    private async Task WriteAsync(Website website, Reader reader, RouteEndpoint route, IReadOnlyList<FilledPath> filled)
    {
        foreach (var method in Writing.Where(method => Answers(route, method)))
        {
            // Where nobody lets the reader in, no body is read.
            foreach (var body in Bodies.Wrong(route).Take(reader.On(filled[0].Url) is null ? 0 : 3).Prepend(Bodies.Plausible(route)))
            {
                var answers = new List<(FilledPath, Answer)>();
                foreach (var path in filled.Where(path => path.Whose is not Whose.Own))
                {
                    using var content = body();
                    answers.Add((path, await website.SendAsync(new HttpMethod(method), path.Url, reader.Cookie, content)));
                    Check($"{reader} {method} {path.Url} ({path.Whose})", answers[^1].Item2);
                }

                Compare($"{reader} {method} {route.RoutePattern.RawText}", answers);
            }
        }
    }

    private async Task WriteOwnAsync(Website website, Reader reader, RouteEndpoint route, IReadOnlyList<FilledPath> filled)
    {
        if (filled.FirstOrDefault(path => path.Whose is Whose.Own) is not { } own || IsPage(route) || (reader.On(own.Url) is null && !Open(route)))
        {
            return;
        }

        foreach (var method in Writing.Where(method => Answers(route, method)))
        {
            foreach (var body in Bodies.Wrong(route))
            {
                using var wrong = body();
                var refused = await website.SendAsync(new HttpMethod(method), own.Url, reader.Cookie, wrong);
                Check($"{reader} {method} {own.Url} (own, wrong body)", refused);
                if (refused.Code is < 400 or >= 500)
                {
                    findings.Add($"{reader} {method} {own.Url}: a wrong body was answered with {refused.Code}");
                }
            }

            using var content = Bodies.Plausible(route)();
            var answer = await website.SendAsync(new HttpMethod(method), own.Url, reader.Cookie, content);
            Check($"{reader} {method} {own.Url} (own)", answer);
            if (own.Filled.Count > 0 && HasSomething(route))
            {
                Seen(route, method, answer.Code != 404);
            }
        }
    }

    /// <summary>Every form of a page: empty, with nonsense, and sent to the address of what is not the reader's.</summary>
    private async Task PostFormsAsync(Website website, Reader reader, FilledPath own, IReadOnlyList<FilledPath> filled, Answer page)
    {
        var cookie = string.Join("; ", page.Cookies.Prepend(reader.Cookie ?? ""));
        foreach (var form in PostedForm.In(page.Body).Where(form => form.Action is null || form.Action == own.Url).Take(2))
        {
            foreach (var text in new[] { "", "☃ <script>", new string('9', 5000) })
            {
                using var content = form.With(text);
                Check($"{reader} POST {own.Url} (form, '{text[..Math.Min(8, text.Length)]}')", await website.SendAsync(HttpMethod.Post, own.Url, cookie, content));
            }

            var answers = new List<(FilledPath, Answer)>();
            foreach (var path in filled.Where(path => path.Whose is not Whose.Own))
            {
                using var content = form.With("1");
                answers.Add((path, await website.SendAsync(HttpMethod.Post, path.Url, cookie, content)));
                Check($"{reader} POST {path.Url} (form, {path.Whose})", answers[^1].Item2);
            }

            Compare($"{reader} POST form to {own.Url}", answers);
        }
    }

    /// <summary>What holds for every answer: no fault, and a refusal that people can read in Korean and English.</summary>
    private void Check(string what, Answer answer)
    {
        Interlocked.Increment(ref requests);
        if (answer.Code >= 500)
        {
            findings.Add($"{what}: {answer.Code}");
        }
        else if (answer.Code >= 400 && !IsReadable(what, answer))
        {
            findings.Add($"{what}: {answer.Code} without a sentence in Korean and English: {answer.Body[..Math.Min(200, answer.Body.Length)]}");
        }
    }

    private static bool IsReadable(string what, Answer answer)
    {
        // Hangfire's dashboard and the designer's circuit speak for themselves.
        if (what.Contains(" /oversight/jobs", StringComparison.Ordinal) || what.Contains(" /_blazor", StringComparison.Ordinal))
        {
            return true;
        }

        if (what.Contains("/elsa/api", StringComparison.Ordinal))
        {
            // Studio wants its refusals in a shape of its own.
            return answer.Body.Any(letter => letter is >= '가' and <= '힣') && answer.Body.Any(char.IsAsciiLetterLower);
        }

        if (!what.Contains(" /api/", StringComparison.Ordinal))
        {
            return answer.Type == "text/html" && answer.Body.Any(letter => letter is >= '가' and <= '힣') && answer.Body.Contains("lang=en", StringComparison.Ordinal);
        }

        using var problem = answer.Type == "application/problem+json" ? JsonDocument.Parse(answer.Body) : null;
        return problem?.RootElement.TryGetProperty("errors", out var errors) == true && errors.GetArrayLength() > 0
            && errors.EnumerateArray().All(error => error.GetProperty("ko").GetString()!.Any(letter => letter is >= '가' and <= '힣') && error.GetProperty("en").GetString() is { Length: > 5 });
    }

    private void Compare(string what, IReadOnlyList<(FilledPath Path, Answer Answer)> answers)
    {
        foreach (var alike in answers.Where(pair => pair.Path.Whose is not Whose.Own).GroupBy(pair => pair.Path.Varied))
        {
            var (nothing, absent) = alike.First(pair => pair.Path.Whose is Whose.Absent);
            foreach (var (path, answer) in alike.Where(pair => pair.Answer.Without(pair.Path.Filled) != absent.Without(nothing.Filled)))
            {
                findings.Add($"{what}: {path.Url} answers {answer.Code}, {nothing.Url} {absent.Code}; or their bodies differ");
            }
        }
    }

    private void Seen(RouteEndpoint route, string method, bool done) => ownSeen.AddOrUpdate($"{method} {route.RoutePattern.RawText}", done, (_, before) => before || done);
}

internal static class Bags
{
    public static void AddAll<T>(this ConcurrentBag<T> bag, IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            bag.Add(item);
        }
    }
}
