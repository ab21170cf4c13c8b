using Microsoft.Extensions.Configuration;

namespace SaaS.Platform.Mail;

/// <summary>Where mail goes and what it says of this copy.</summary>
/// <param name="Server"><c>SAAS_SMTP</c>, such as <c>smtp://user:password@mail.example:587</c> (smtps for TLS from the first byte); null lays mail into <paramref name="Folder"/>.</param>
/// <param name="Folder">Mail as .eml files, where no server is set: <c>mail</c> in <c>SAAS_DATA</c>.</param>
/// <param name="Sender"><c>SAAS_MAIL_FROM</c>.</param>
/// <param name="Address"><c>SAAS_URL</c>: what links in mail begin with, without a slash at the end.</param>
public sealed record MailSettings(Uri? Server, string Folder, string Sender, string Address)
{
    public static MailSettings Of(IConfiguration configuration) => new(
        configuration["SAAS_SMTP"] is { Length: > 0 } server ? new Uri(server, UriKind.Absolute) : null,
        Path.Combine(configuration["SAAS_DATA"] is { Length: > 0 } data ? data : ".data", "mail"),
        configuration["SAAS_MAIL_FROM"] is { Length: > 0 } from ? from : "no-reply@localhost",
        (configuration["SAAS_URL"] is { Length: > 0 } address ? address : "http://127.0.0.1:8080").TrimEnd('/'));
}
