using System.Net;
using System.Text;
using SaaS.IntegrationTests.Access;
using SaaS.Platform.Documents;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Documents;

public sealed class UploadDocumentTests(PlatformFixture platform)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 a plan");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_kept_and_fetched_again_by_those_who_see_the_case()
    {
        var (season, application) = await SubmittedAsync();
        var code = await CodeAsync(season, application);

        Assert.True((await UploadAsync(season, application, code, "../../사업 계획\u202e서.pdf", Pdf)).IsDone(out var stored));
        Assert.True((await UploadAsync(season, application, code, "다른 이름.pdf", Pdf)).IsDone(out var again));

        Assert.Equal("사업 계획서.pdf", stored!.Name);
        Assert.Equal(stored, again);
        Assert.Equal(1, await season.CountAsync("documents"));
        foreach (var (user, path) in new[] { ("namdo", "/company"), ("jeonnam.officer", "/t/jeonnam"), ("centre.jnm", "/centre"), ("kosmo.officer", "/oversight") })
        {
            Assert.True((await OpenAsync(season, user, path, stored.Id)).IsDone(out var found), user);
            Assert.Equal((Encoding.ASCII.GetString(Pdf), "application/pdf"), (Encoding.ASCII.GetString(found!.Content), found.MediaType));
        }
    }

    [Fact]
    public async Task Somebody_elses_case_and_file_are_as_absent()
    {
        var (season, application) = await SubmittedAsync();
        var code = await CodeAsync(season, application);
        Assert.True((await UploadAsync(season, application, code, "plan.pdf", Pdf)).IsDone(out var stored));

        Assert.IsType<Outcome<UploadDocument.Response>.NotFound>(await UploadAsync(season, application, code, "plan.pdf", Pdf, "baewon"));
        Assert.IsType<Outcome<UploadDocument.Response>.NotFound>(await UploadAsync(season, Guid.CreateVersion7(), code, "plan.pdf", Pdf, "baewon"));
        foreach (var (user, path) in new[] { ("baewon", "/company"), ("gyeongnam.officer", "/t/gyeongnam"), ("centre.gnm", "/centre") })
        {
            Assert.IsType<Outcome<ListDocuments.Download>.NotFound>(await OpenAsync(season, user, path, stored!.Id));
        }
    }

    [Theory]
    [InlineData("plan.pdf", "MZ this is a program")]
    [InlineData("plan.exe", "%PDF-1.7")]
    [InlineData("plan.hwpx", "PK\u0003\u0004 no archive")]
    [InlineData("plan", "%PDF-1.7")]
    [InlineData("plan.pdf", "")]
    public async Task What_is_not_what_its_name_says_is_refused_and_nothing_is_stored(string name, string content)
    {
        var (season, application) = await SubmittedAsync();

        var outcome = await UploadAsync(season, application, await CodeAsync(season, application), name, Encoding.Latin1.GetBytes(content));

        Assert.Equal(["document-type"], outcome.WhyNot.Select(reason => reason.Code));
        Assert.Equal(0, await season.CountAsync("documents"));
    }

    [Theory]
    [InlineData(21, "document-too-large")]
    [InlineData(31, "request-too-large")]
    public async Task A_file_over_the_limit_is_told_the_limit_in_both_languages_and_nothing_is_stored(int megabytes, string code)
    {
        var (season, application) = await SubmittedAsync();
        await using var website = new Website(platform);
        var namdo = (await AccessWorld.ReadersAsync(platform, website)).First(reader => reader.Name == "namdo");
        var large = new byte[megabytes * 1024 * 1024];
        Pdf.CopyTo(large, 0);

        using var toApi = Form(large, await CodeAsync(season, application));
        var api = await website.SendAsync(HttpMethod.Post, $"/api/company/applications/{application}/documents", namdo.Cookie, toApi);
        var page = await website.SendAsync(HttpMethod.Get, $"/company/applications/{application}", namdo.Cookie);
        var token = PostedForm.In(page.Body).Single(form => form.IsMultipart).Fields.Where(field => field.Hidden).ToList();
        using var toPage = Form(large, await CodeAsync(season, application));
        foreach (var (name, value, _) in token)
        {
            toPage.Add(new StringContent(value), name);
        }

        var answer = await website.SendAsync(HttpMethod.Post, $"/company/applications/{application}", string.Join("; ", page.Cookies.Prepend(namdo.Cookie!)), toPage);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, api.Status);
        Assert.Contains($"\"code\":\"{code}\"", api.Body, StringComparison.Ordinal);
        Assert.Contains("MB", api.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("저장된 것은 없습니다", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, await season.CountAsync("documents"));
    }

    [Fact]
    public async Task After_the_evaluation_no_more_is_taken()
    {
        var (season, application) = await SubmittedAsync();
        var code = await CodeAsync(season, application);
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update applications set status = 'InProgress'");
        }

        var outcome = await UploadAsync(season, application, code, "plan.pdf", Pdf);

        Assert.Equal(["documents-closed"], outcome.WhyNot.Select(reason => reason.Code));
    }

    private async Task<(Season Season, Guid Application)> SubmittedAsync()
    {
        var season = await Season.OpenAsync(platform);
        var submitted = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        Assert.True(submitted.IsDone(out var receipt));
        return (season, receipt!.ApplicationId);
    }

    private static async Task<string> CodeAsync(Season season, Guid application)
        => (await season.AsAsync("namdo", "/company", (ListDocuments list) => list.RunAsync(application, Cancelled)))[0].Code;

    private static Task<Outcome<UploadDocument.Response>> UploadAsync(Season season, Guid application, string code, string name, byte[] content, string user = "namdo")
        => season.AsAsync(user, "/company", (UploadDocument upload) => upload.RunAsync(
            application, new(code, name, content.Length, _ => Task.FromResult(content)), Cancelled));

    private static Task<Outcome<ListDocuments.Download>> OpenAsync(Season season, string user, string path, Guid document)
        => season.AsAsync(user, path, (ListDocuments list) => list.OpenAsync(document, Cancelled));

    private static MultipartFormDataContent Form(byte[] content, string code) => new()
    {
        { new StringContent(code), "code" },
        { new ByteArrayContent(content), "file", "plan.pdf" },
    };
}
