using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SaaS.Platform.Data;

namespace SaaS.Platform.Invitations;

/// <summary>
/// The secret in an invitation's link: reckoned from the installation's secret when the mail is written, so that it is stored nowhere, not
/// even on its way to the mail server. The database keeps its hash.
/// </summary>
public sealed class InvitationToken(DatabaseSettings settings)
{
    /// <param name="invitationId">The invitation.</param>
    /// <param name="times">The number of the link.</param>
    /// <returns>43 characters that may stand in a path.</returns>
    public string Of(Guid invitationId, int times)
        => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.Secret), Encoding.UTF8.GetBytes($"invitation {invitationId:N} {times}")));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
