using Microsoft.AspNetCore.Components.Forms;
using SaaS.Workflows.Simulation;

namespace SaaS.Web.Designer.Simulating;

/// <summary>A file of firms in memory, for as long as the pane is open.</summary>
/// <param name="Name">As on the official's computer.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Format">By its name; of another name, by its first sign, as on the command line.</param>
public sealed record FirmFileUpload(string Name, byte[] Text, FirmFormat Format)
{
    public const long MostBytes = 32L << 20;

    /// <summary>About how many firms: its lines.</summary>
    public long Firms => Math.Max(0, Text.AsSpan().TrimEnd("\r\n"u8).Count((byte)'\n') + (Text.Length > 0 ? 1 : 0) - (Format == FirmFormat.Csv ? 1 : 0));

    public static async Task<FirmFileUpload> ReadAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        var text = new byte[file.Size];
        await using var stream = file.OpenReadStream(MostBytes, cancellationToken);
        await stream.ReadExactlyAsync(text, cancellationToken);
        return new FirmFileUpload(file.Name, text, FormatOf(file.Name, text));
    }

    private static FirmFormat FormatOf(string name, ReadOnlySpan<byte> text)
    {
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return FirmFormat.Csv;
        }

        return name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || text.TrimStart(" \t\r\n\ufeff"u8).StartsWith("{"u8)
            ? FirmFormat.Jsonl
            : FirmFormat.Csv;
    }
}
