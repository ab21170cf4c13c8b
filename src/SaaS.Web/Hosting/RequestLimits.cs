namespace SaaS.Web.Hosting;

/// <summary>How much a browser may send. A bigger request is answered with 413 and a page that says the limit.</summary>
public static class RequestLimits
{
    /// <summary>Bytes of a whole request, files included.</summary>
    public const long Body = 30 * 1024 * 1024;
}
