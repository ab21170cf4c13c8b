using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SaaS.Web.Hosting;

/// <summary>Addresses of our own styles and scripts with a mark of their content, so that browsers may keep them until they change.</summary>
public sealed class AssetVersion(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> addresses = [];

    public string Of(string path) => addresses.GetOrAdd(path, _ =>
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists)
        {
            return path;
        }

        using var content = file.CreateReadStream();
        return $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(content))[..12]}";
    });
}
