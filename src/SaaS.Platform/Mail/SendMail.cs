using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NodaTime;

namespace SaaS.Platform.Mail;

/// <summary>Sends mail by the set server, or lays it as a file into the folder where none is set. Called by jobs alone: a server may be slow or away.</summary>
public sealed class SendMail(MailSettings settings, IClock clock)
{
    /// <exception cref="SmtpCommandException">The server refused; the job tries again.</exception>
    public async Task RunAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage
        {
            Subject = mail.Subject,
            Body = new TextPart("plain") { Text = mail.Text },
            Date = clock.GetCurrentInstant().InZone(Time.Seoul.Zone).ToDateTimeOffset(),
            MessageId = $"{mail.Id:N}@{new Uri(settings.Address).Host}",
        };
        message.From.Add(new MailboxAddress("스마트공장 지원사업", settings.Sender));
        message.To.Add(new MailboxAddress("", mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (settings.Server is { } server)
        {
            await SendAsync(server, message, cancellationToken);
        }
        else
        {
            await LayAsync(mail.Id, message, cancellationToken);
        }
    }

    private static async Task SendAsync(Uri server, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        var security = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : 25, security, cancellationToken);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
    }

    // Whole or not at all: whoever reads the folder never sees half a mail.
    private async Task LayAsync(Guid id, MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Folder);
        var file = Path.Combine(settings.Folder, $"{id:N}.eml");
        await message.WriteToAsync(file + ".part", cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
    }
}
