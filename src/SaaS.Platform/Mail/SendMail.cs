using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NodaTime;

namespace SaaS.Platform.Mail;

/// <summary>
/// Sends mail by the set server, or lays it as a file into the folder where none is set. Called by jobs alone: a server may be slow or
/// away. Then it is left alone for a while, and few wait for it at once, so that other jobs go on.
/// </summary>
public sealed class SendMail(MailSettings settings, IClock clock) : IDisposable
{
    /// <summary>For one mail, from the first byte to the last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long a server that did not answer is left alone.</summary>
    private static readonly Duration Pause = Duration.FromSeconds(30);

    private readonly SemaphoreSlim lines = new(2);
    private Instant awayUntil = Instant.MinValue;

    public Task RunAsync(MailMessage mail, CancellationToken cancellationToken) => RunAsync(mail, _ => Task.FromResult(true), cancellationToken);

    /// <param name="mail">One person's.</param>
    /// <param name="handOver">Asked when the server is ready to take it; false sends nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SmtpCommandException">The server refused; the job tries again.</exception>
    /// <exception cref="MailServerAwayException">The server does not answer; the job tries again.</exception>
    public async Task RunAsync(MailMessage mail, Func<CancellationToken, Task<bool>> handOver, CancellationToken cancellationToken)
    {
        using var message = Write(mail);
        if (settings.Server is not { } server)
        {
            if (await handOver(cancellationToken))
            {
                await LayAsync(mail.Id, message, cancellationToken);
            }

            return;
        }

        if (clock.GetCurrentInstant() < awayUntil || !await lines.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken))
        {
            throw new MailServerAwayException($"The mail server {server.Host} does not answer or is busy.");
        }

        try
        {
            await SendAsync(server, message, handOver, cancellationToken);
        }
        catch (Exception problem) when (problem is SocketException or IOException or ProtocolException or SslHandshakeException or AuthenticationException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            awayUntil = clock.GetCurrentInstant() + Pause;
            throw new MailServerAwayException($"The mail server {server.Host} did not take a mail within {Patience.TotalSeconds:0} seconds or broke off: {problem.Message}");
        }
        finally
        {
            lines.Release();
        }
    }

    public void Dispose() => lines.Dispose();

    private MimeMessage Write(MailMessage mail)
    {
        // An address that is none throws here, before a message is begun.
        var to = new MailboxAddress("", mail.To);
        var message = new MimeMessage
        {
            Subject = OneLine(mail.Subject),
            Body = new TextPart("plain") { Text = mail.Text },
            Date = clock.GetCurrentInstant().InZone(Time.Seoul.Zone).ToDateTimeOffset(),
            MessageId = $"{mail.Id:N}@{new Uri(settings.Address).Host}",
        };
        message.From.Add(new MailboxAddress("스마트공장 지원사업", settings.Sender));
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // Names of bodies and projects are typed by people: none of them may begin a header of its own.
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static async Task SendAsync(Uri server, MimeMessage message, Func<CancellationToken, Task<bool>> handOver, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        var security = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : 25, security, patience.Token);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), patience.Token);
        }

        if (!await handOver(cancellationToken))
        {
            return;
        }

        await client.SendAsync(message, patience.Token);
        try
        {
            await client.DisconnectAsync(true, patience.Token);
        }
        catch (Exception problem) when (problem is SocketException or IOException or ProtocolException or OperationCanceledException)
        {
            // It has the mail; how it says goodbye does not matter.
        }
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
