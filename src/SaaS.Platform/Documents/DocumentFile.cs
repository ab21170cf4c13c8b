using System.Globalization;
using System.IO.Compression;

namespace SaaS.Platform.Documents;

/// <summary>What may be uploaded, told by the content and not by the name alone.</summary>
public static class DocumentFile
{
    /// <summary>Bytes of one file.</summary>
    public const long Largest = 20 * 1024 * 1024;

    public const int LongestName = 150;

    /// <summary>For the file chooser of a browser.</summary>
    public const string Accepted = ".pdf,.hwp,.hwpx,.docx,.xlsx,.png,.jpg,.jpeg";

    /// <returns>Null when the content is not what the name's ending says, or of no accepted kind.</returns>
    public static string? MediaType(string name, byte[] content) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" when content.AsSpan().StartsWith("%PDF-"u8) => "application/pdf",
        ".hwp" when content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => "application/x-hwp",
        ".hwpx" when Holds(content, "Contents/content.hpf") => "application/hwp+zip",
        ".docx" when Holds(content, "word/document.xml") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx" when Holds(content, "xl/workbook.xml") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".png" when content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) => "image/png",
        ".jpg" or ".jpeg" when content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
        _ => null,
    };

    /// <summary>The last part of a name without control and direction marks and without what file systems forbid; its ending stays.</summary>
    public static string SafeName(string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1];
        var clean = string.Concat(last.Where(letter => !"<>:\"|?*".Contains(letter, StringComparison.Ordinal)
            && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)))
            .Trim(' ', '.');
        var ending = Path.GetExtension(clean);
        var stem = Path.GetFileNameWithoutExtension(clean);
        return ending.Length > 10 || stem.Length == 0 ? $"file{(ending.Length > 10 ? "" : ending)}" : stem[..Math.Min(stem.Length, LongestName - ending.Length)] + ending;
    }

    // Only the list of names is read: nothing is unpacked.
    private static bool Holds(byte[] content, string entry)
    {
        if (!content.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return false;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            return zip.GetEntry(entry) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
