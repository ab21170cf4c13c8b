namespace SaaS.Domain.Money;

/// <summary>An amount of Korean won (KRW). Whole won: the won has no minor unit in use.</summary>
/// <remarks>It has no multiplication and no way from a fraction: only <see cref="CostSharing"/> and <see cref="Tranches"/> divide.</remarks>
public readonly record struct Won(long Amount) : IComparable<Won>
{
    public static Won Zero => default;

    /// <exception cref="OverflowException">The sum does not fit (the build is checked).</exception>
    public static Won operator +(Won left, Won right) => new(left.Amount + right.Amount);

    public static Won operator -(Won left, Won right) => new(left.Amount - right.Amount);

    public static bool operator <(Won left, Won right) => left.Amount < right.Amount;

    public static bool operator >(Won left, Won right) => left.Amount > right.Amount;

    public static bool operator <=(Won left, Won right) => left.Amount <= right.Amount;

    public static bool operator >=(Won left, Won right) => left.Amount >= right.Amount;

    public int CompareTo(Won other) => Amount.CompareTo(other.Amount);

    /// <summary>The share of this amount in basis points, rounded down to a unit of won.</summary>
    /// <param name="basisPoints">0 to 10,000.</param>
    /// <param name="unit">1 or more won.</param>
    internal Won Part(int basisPoints, Won unit)
    {
        var exact = (Int128)Amount * basisPoints / 10_000;
        return new Won((long)(exact / unit.Amount) * unit.Amount);
    }

    public override string ToString() => Amount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
