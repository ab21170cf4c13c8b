using System.Runtime.InteropServices;

namespace SaaS.Workflows.Tables;

/// <summary>
/// One fact of an application, ready for the tables of one definition: its number, and one bit for each thing that those tables could
/// ask of it. Nothing is compared or looked up any more when a table is evaluated.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Fact(double number, ulong bits)
{
    /// <summary>Set for every fact that is there, whatever it is.</summary>
    public const ulong Present = 1;

    public const ulong IsNumber = 2;
    public const ulong IsTrue = 4;
    public const ulong IsFalse = 8;

    /// <summary>The first bit that a definition's own questions may use.</summary>
    public const int FirstQuestion = 4;

    /// <summary>Not a number unless the fact is one.</summary>
    public readonly double Number = number;

    /// <summary>Zero when the fact is missing.</summary>
    public readonly ulong Bits = bits;

    public static Fact Missing => new(double.NaN, 0);

    /// <summary>The number as whole won, people, days; null as <see cref="Values.Value.Whole"/> is.</summary>
    public long? Whole
    {
        get
        {
            // Not a number becomes zero, and is not equal to it.
            var whole = unchecked((long)Number);
            return whole == Number && Number is > -9.2e18 and < 9.2e18 ? whole : null;
        }
    }

    public static Fact Of(double number) => new(number, Present | IsNumber);

    public static Fact Of(bool truth) => new(double.NaN, Present | (truth ? IsTrue : IsFalse));
}
