using MimeKit;
using NodaTime;

namespace SaaS.Platform.Mail;

/// <summary>Reads the mail that was laid into the folder. For the demonstration, where there is no mail server.</summary>
public sealed class LaidMail(MailSettings settings)
{
    private const int Most = 50;

    public sealed record Letter(string To, string Subject, string Text, Instant At);

    /// <returns>The newest fifty, newest first.</returns>
    public async Task<IReadOnlyList<Letter>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.Folder))
        {
            return [];
        }

        // Ids are made in the order of time.
        var letters = new List<Letter>();
        foreach (var file in Directory.GetFiles(settings.Folder, "*.eml").OrderDescending(StringComparer.Ordinal).Take(Most))
        {
            using var message = await MimeMessage.LoadAsync(file, cancellationToken);
            letters.Add(new Letter(message.To.ToString(), message.Subject ?? "", message.TextBody ?? "", Instant.FromDateTimeOffset(message.Date)));
        }

        return letters;
    }
}
