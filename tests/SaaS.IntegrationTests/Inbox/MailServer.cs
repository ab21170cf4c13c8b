using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SaaS.IntegrationTests.Inbox;

/// <summary>How a mail server takes the mails of a test, in turn; the last way holds for all that follow.</summary>
internal enum Takes
{
    Fine,

    /// <summary>Says no to the recipient.</summary>
    Refuses,

    /// <summary>Has all of the mail and breaks off before it says so.</summary>
    BreaksOff,
}

/// <summary>As much of a mail server as the tests need.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<Takes> ways;
    private readonly Task serving;

    public MailServer(params Takes[] ways)
    {
        this.ways = new Queue<Takes>(ways);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The mails that it has whole, whether it said so or not.</summary>
    public List<string> Mails { get; } = [];

    public int Calls { get; private set; }

    public void Dispose()
    {
        listener.Dispose();
        Assert.True(serving.Wait(TimeSpan.FromSeconds(5)));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                Calls++;
                await TalkAsync(client, ways.Count > 1 ? ways.Dequeue() : ways.Peek());
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client, Takes way)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync() is { } part && part != ".")
                {
                    mail.Append(part).Append("\r\n");
                }

                Mails.Add(mail.ToString());
                if (way is Takes.BreaksOff)
                {
                    return;
                }
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : way is Takes.Refuses && line.StartsWith("RCPT", StringComparison.Ordinal) ? "450 not now" : "250 fine");
            if (line == "QUIT")
            {
                return;
            }
        }
    }
}
