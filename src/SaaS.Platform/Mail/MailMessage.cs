namespace SaaS.Platform.Mail;

/// <summary>One mail to one person, as plain text.</summary>
/// <param name="Id">Becomes the Message-ID: who gets it twice, because a worker died after sending, sees it once.</param>
public sealed record MailMessage(Guid Id, string To, string Subject, string Text);
