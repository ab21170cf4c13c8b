namespace SaaS.Domain.Money;

/// <summary>An amount of Korean won (KRW). Whole won: the won has no minor unit in use.</summary>
public readonly record struct Won(long Amount)
{
    public static Won operator +(Won left, Won right) => new(left.Amount + right.Amount);

    public static Won operator -(Won left, Won right) => new(left.Amount - right.Amount);
}
