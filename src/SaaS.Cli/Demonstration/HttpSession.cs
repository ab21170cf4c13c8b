using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace SaaS.Cli.Demonstration;

/// <summary>One person's signed-in browser, as far as the JSON interface needs one: cookies and the header that forms do not send.</summary>
internal sealed class HttpSession : IDisposable
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } }
        .ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    private readonly HttpClient client;

    private HttpSession(HttpClient client) => this.client = client;

    /// <param name="address">Of the running instance, for example <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="user">Null to look around without signing in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DemoFailureException">Nobody answers there, or the sign-in is refused.</exception>
    public static async Task<HttpSession> OpenAsync(Uri address, string? user, CancellationToken cancellationToken)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
        client.DefaultRequestHeaders.Add("X-Requested-With", "saas");
        var session = new HttpSession(client);
        if (user is not null)
        {
            await session.PostAsync<JsonElement>("/api/sign-in", new { user, password = Tenant.DemoPassword }, cancellationToken);
        }

        return session;
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => ReadAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) => ReadAsync<T>(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Submits under an idempotency key: gives the receipt, or the refusal as it came.</summary>
    public async Task<(T? Receipt, string? Refusal)> SubmitAsync<T>(string path, object body, string key, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, key, cancellationToken);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken), null)
            : (null, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, body, null, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new DemoFailureException($"{method} {path}: {(int)response.StatusCode} {Problem(text)}");
        }

        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
        {
            return default!;
        }

        return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
            ?? throw new DemoFailureException($"{method} {path}: 빈 응답 / an empty answer");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(body ?? new { }, options: Json);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException problem)
        {
            throw new DemoFailureException($"{client.BaseAddress}: 응답이 없습니다. build/run으로 시작하거나 --url을 확인하세요 / nobody answers; start build/run or check --url ({problem.Message})", problem);
        }
    }

    /// <summary>All reasons of a refusal in one line.</summary>
    public static string Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? string.Join("; ", errors.EnumerateArray().Select(error => $"{error.GetProperty("code").GetString()}: {error.GetProperty("ko").GetString()} / {error.GetProperty("en").GetString()}"))
                : text;
        }
        catch (JsonException)
        {
            return text.Length > 300 ? text[..300] : text;
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>The sessions of all who act in a walk; everybody signs in once.</summary>
internal sealed class HttpSessions(Uri address) : IDisposable
{
    private readonly Dictionary<string, HttpSession> open = [];

    public async Task<HttpSession> OfAsync(string user, CancellationToken cancellationToken)
    {
        if (!open.TryGetValue(user, out var session))
        {
            session = await HttpSession.OpenAsync(address, user, cancellationToken);
            open.Add(user, session);
        }

        return session;
    }

    public void Dispose()
    {
        foreach (var session in open.Values)
        {
            session.Dispose();
        }
    }
}
