using System.Runtime.InteropServices;
using System.Text;

namespace SaaS.Workflows.Tables;

/// <summary>Finds what belongs to a text that stands as UTF-8 in a buffer, without making a string of it.</summary>
internal sealed class Utf8Table
{
    private readonly (byte[] Text, ulong Bits)[] entries;
    private readonly int _mask;

    public Utf8Table(Dictionary<string, ulong> constants)
    {
        var size = 4;
        while (size < constants.Count * 2)
        {
            size *= 2;
        }

        entries = new (byte[], ulong)[size];
        _mask = size - 1;
        foreach (var (text, bits) in constants)
        {
            var key = Encoding.UTF8.GetBytes(text);
            var at = Hash(key) & _mask;
            while (entries[at].Text is not null)
            {
                at = (at + 1) & _mask;
            }

            entries[at] = (key, bits);
        }
    }

    /// <summary>Zero for a text that is not among the constants.</summary>
    public ulong Find(ReadOnlySpan<byte> text)
    {
        for (var at = Hash(text) & _mask; entries[at].Text is { } key; at = (at + 1) & _mask)
        {
            if (text.SequenceEqual(key))
            {
                return entries[at].Bits;
            }
        }

        return 0;
    }

    internal static int Hash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
            while (text.Length >= 8)
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
                text = text[8..];
            }

            foreach (var each in text)
            {
                hash = (hash ^ each) * 0x100000001B3;
            }

            return (int)(hash >> 33);
        }
    }
}
