using System.Net;
using System.Net.Sockets;
using System.Text;
using NodaTime.Testing;
using SaaS.Platform.Mail;

namespace SaaS.IntegrationTests.Onboarding;

public sealed class SmtpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_mail_server_set_the_mail_arrives_there_in_korean_with_a_lasting_id()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);
        var settings = new MailSettings(new Uri($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), "", "grants@example.kr", "https://grants.example");
        var id = Guid.Parse("0193aaaa-0000-7000-8000-000000000001");

        using var send = new SendMail(settings, new FakeClock(PlatformFixture.Start));
        await send.RunAsync(new MailMessage(id, "hong@sejong.go.kr", "초대", "어서 오세요"), Cancelled);

        var lines = await received;
        Assert.Contains("MAIL FROM:<grants@example.kr>", lines.Select(line => line.Split(" SIZE")[0]));
        Assert.Contains("RCPT TO:<hong@sejong.go.kr>", lines);
        Assert.Contains($"Message-Id: <{id:N}@grants.example>", lines, StringComparer.OrdinalIgnoreCase);
        using var message = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines.SkipWhile(line => line != "DATA").Skip(1).TakeWhile(line => line != ".")))), Cancelled);
        Assert.Equal(("초대", "어서 오세요"), (message.Subject, message.TextBody?.Trim()));
    }

    [Fact]
    public async Task A_name_with_line_breaks_begins_no_header_of_its_own()
    {
        var folder = Directory.CreateTempSubdirectory("saas-mail-").FullName;
        using var send = new SendMail(new MailSettings(null, folder, "grants@example.kr", "https://grants.example"), new FakeClock(PlatformFixture.Start));

        await Assert.ThrowsAsync<MimeKit.ParseException>(() => send.RunAsync(new MailMessage(Guid.CreateVersion7(), "hong@sejong.go.kr\r\nBcc: eve@example.kr", "초대", "."), Cancelled));
        await send.RunAsync(new MailMessage(Guid.CreateVersion7(), "hong@sejong.go.kr", "초대\r\nBcc: eve@example.kr\r\n\r\nHello", "."), Cancelled);

        var file = Directory.GetFiles(folder).Single();
        using var message = await MimeKit.MimeMessage.LoadAsync(file, Cancelled);
        Assert.Empty(message.Bcc);
        Assert.DoesNotContain(await File.ReadAllLinesAsync(file, Cancelled), line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(".", message.TextBody?.Trim());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As much of a mail server as one mail needs.</summary>
    /// <returns>Every line that the client sent.</returns>
    private static async Task<List<string>> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancelled);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var lines = new List<string>();
        await writer.WriteLineAsync("220 ready");
        var inData = false;
        while (await reader.ReadLineAsync(Cancelled) is { } line)
        {
            lines.Add(line);
            inData = line == "DATA" || (inData && line != ".");
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
            }
            else if (line == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                break;
            }
            else if (!inData)
            {
                await writer.WriteLineAsync("250 fine");
            }
        }

        return lines;
    }
}
