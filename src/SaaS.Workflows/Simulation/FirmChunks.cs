using System.Buffers;

namespace SaaS.Workflows.Simulation;

/// <summary>Whole rows out of a file, with the line on which the first of them begins.</summary>
/// <param name="Buffer">Rented; give it back when done.</param>
/// <param name="Length">How much of it is rows.</param>
/// <param name="FirstLine">Counted from 1.</param>
internal readonly record struct FirmChunk(byte[] Buffer, int Length, long FirstLine);

/// <summary>Cuts a file into chunks of whole rows, so that threads can read them apart.</summary>
internal static class FirmChunks
{
    private const int Size = 1 << 20;

    /// <summary>Longest row: beyond it somebody forgot a quote.</summary>
    private const int LongestRow = 16 << 20;

    /// <param name="stream">The rest of the file.</param>
    /// <param name="start">What was read of it already.</param>
    /// <param name="firstLine">The line on which that begins.</param>
    /// <param name="isCsv">Whether line breaks may stand within quotes.</param>
    public static IEnumerable<FirmChunk> Read(Stream stream, byte[] start, long firstLine, bool isCsv)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(Size, start.Length * 2));
        start.CopyTo(buffer, 0);
        var filled = start.Length;
        while (true)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            if (read > 0 && filled < buffer.Length)
            {
                continue;
            }

            var isEnd = read == 0;
            var length = isEnd ? filled : EndOfRows(buffer.AsSpan(0, filled), isCsv);
            if (length == 0 && !isEnd)
            {
                // One row fills the buffer.
                length = filled >= LongestRow ? Math.Max(1, buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1) : 0;
                if (length == 0)
                {
                    Grow(ref buffer, filled);
                    continue;
                }
            }

            if (length > 0)
            {
                var next = ArrayPool<byte>.Shared.Rent(Math.Max(Size, (filled - length) * 2));
                buffer.AsSpan(length, filled - length).CopyTo(next);
                var lines = buffer.AsSpan(0, length).Count((byte)'\n');
                yield return new FirmChunk(buffer, length, firstLine);
                firstLine += lines;
                filled -= length;
                buffer = next;
            }

            if (isEnd)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                yield break;
            }
        }
    }

    /// <summary>The length of the next row, its line break included; of an unfinished one, all that is there.</summary>
    public static int NextRow(ReadOnlySpan<byte> rows, bool isCsv) => NextRow(rows, isCsv, out _);

    private static int NextRow(ReadOnlySpan<byte> rows, bool isCsv, out bool isWhole)
    {
        isWhole = true;
        if (!isCsv)
        {
            var end = rows.IndexOf((byte)'\n');
            isWhole = end >= 0;
            return end < 0 ? rows.Length : end + 1;
        }

        var at = 0;
        while (true)
        {
            var found = rows[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0)
            {
                isWhole = false;
                return rows.Length;
            }

            at += found;
            if (rows[at] == '\n')
            {
                return at + 1;
            }

            // A quote opens a cell only where the cell begins.
            var opens = at == 0 || rows[at - 1] == ',';
            at++;
            while (opens)
            {
                var close = rows[at..].IndexOf((byte)'"');
                if (close < 0)
                {
                    isWhole = false;
                    return rows.Length;
                }

                at += close + 1;
                opens = at < rows.Length && rows[at] == '"';
                at += opens ? 1 : 0;
            }
        }
    }

    private static int EndOfRows(ReadOnlySpan<byte> rows, bool isCsv)
    {
        if (!isCsv || !rows.Contains((byte)'"'))
        {
            return rows.LastIndexOf((byte)'\n') + 1;
        }

        var end = 0;
        while (end < rows.Length)
        {
            var length = NextRow(rows[end..], isCsv, out var isWhole);
            if (!isWhole)
            {
                break;
            }

            end += length;
        }

        return end;
    }

    private static void Grow(ref byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
