namespace SaaS.Platform.Mail;

/// <summary>The mail server did not answer a moment ago, or is busy: nothing was sent, and the job tries again later.</summary>
public sealed class MailServerAwayException(string message) : Exception(message);
