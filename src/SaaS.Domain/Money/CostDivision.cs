namespace SaaS.Domain.Money;

/// <summary>
/// A share table made ready to divide many costs without allocating: what <see cref="CostSharing"/> reckons with, and what a
/// simulation of a million firms calls directly. Never changes once made; any number of threads may use it.
/// </summary>
public sealed partial class CostDivision
{
    private const int None = -1;
    private readonly Row[] _rows;
    private readonly int _bearer;
    private readonly int _national;
    private readonly bool _firmBears;
    private readonly int _firm;
    private readonly bool _hasCaps;
    private readonly bool _hasTopUps;
    private readonly int[] _ceilings;
    private readonly int _inKind;
    private readonly int _award;
    private readonly ulong _grantBp;
    private readonly long _grantCap;
    private readonly ulong[] _targets;
    private readonly Limit[] _limits;
    private readonly ulong _unit;
    private readonly ulong _divisor;
    private readonly ulong _reciprocal;
    private readonly int _shift;
    private readonly ulong _tolerance;

    public CostDivision(ShareTable table)
    {
        Table = table;
        _unit = (ulong)table.RoundingUnit.Amount;
        _divisor = 10_000 * _unit;
        (_reciprocal, _shift) = ReciprocalOf(_divisor);
        _tolerance = (ulong)table.Tolerance.Amount * 10_000;
        _bearer = IndexOf(table, table.Bearer);
        _national = IndexOf(table, Funder.National);
        _firm = IndexOf(table, Funder.Firm);
        _firmBears = table.Bearer == Funder.Firm;
        _rows = [.. table.Shares.Select(share => new Row(
            share.Funder,
            (ulong)share.TargetBp,
            share.Cap?.Amount ?? long.MaxValue,
            share.OverflowTo is { } receiver && receiver != table.Bearer ? IndexOf(table, receiver) : None,
            share.Funder == table.Bearer ? Kind.Bearer : KindOf(share.Base),
            share.Base == ShareBase.EligibleCost,
            (ulong)share.MinBp,
            (ulong)share.MaxBp))];
        // Nobody but the bearer can come out below nothing, and where it does not, nobody has more than all: a row without limits of its
        // own needs no test.
        _limits =
        [
            .. Enumerable.Range(0, _rows.Length).Where(row => _rows[row].IsOfCost && (row == _bearer || _bearer == None || !_rows[_bearer].IsOfCost || _rows[row].MinBp > 0 || _rows[row].MaxBp < 10_000))
                .Select(row => new Limit(row, _rows[row].MinBp, _rows[row].MaxBp)),
        ];
        _targets = [.. _rows.Select(row => row.Kind == Kind.OfCost ? row.TargetBp : 0)];
        _hasTopUps = _rows.Any(row => row.Kind is not (Kind.OfCost or Kind.Bearer));
        var outside = table.Outside;
        _ceilings = [.. table.Shares.Select(share => share.CumulativeCap is null ? None : IndexOf(outside, (OutsideAmount.GivenBefore, share.Funder)))];
        _hasCaps = _rows.Where((row, i) => row.Kind == Kind.OfCost && (row.Cap != long.MaxValue || _ceilings[i] != None)).Any();
        _inKind = IndexOf(outside, (OutsideAmount.FirmInKind, Funder.Firm));
        _award = IndexOf(outside, (OutsideAmount.AwardNationalGrant, Funder.National));
        (_grantBp, _grantCap) = ((ulong)(table.Grant?.TargetBp ?? 0), table.Grant?.Cap?.Amount ?? long.MaxValue);
    }

    private enum Kind
    {
        OfCost,
        OfGrant,
        OfFirm,
        OfFirmCash,
        OfWhole,
        OfAward,
        Bearer,
    }

    public ShareTable Table { get; }

    /// <summary>How many parts there are: one a row of the table, in its order.</summary>
    public int Parts => _rows.Length;

    /// <summary>Whose part a row is.</summary>
    public Funder FunderOf(int row) => _rows[row].Funder;

    /// <summary>Divides a total cost.</summary>
    /// <param name="total">Eligible cost (won).</param>
    /// <param name="amounts">Receives one amount (won) a row of the table; zeros when the total is no cost at all.</param>
    /// <returns>Whether the cost can be shared so: it is a cost, and every limit holds.</returns>
    public bool TryDivide(Won total, Span<long> amounts) => TryDivide(total, default, amounts);

    /// <summary>The same where the table asks for more than the cost.</summary>
    /// <param name="total">Eligible cost (won).</param>
    /// <param name="outside">By <see cref="ShareTable.Outside"/> (won); what is not given counts as nothing.</param>
    /// <param name="amounts">Receives one amount (won) a row.</param>
    public bool TryDivide(Won total, ReadOnlySpan<long> outside, Span<long> amounts)
    {
        if (total.Amount <= 0 || total.Amount >= CostSharing.CostLimit.Amount)
        {
            amounts[.._rows.Length].Clear();
            return false;
        }

        if (_hasCaps || _hasTopUps)
        {
            Divide(total.Amount, outside, amounts, default, default);
        }
        else
        {
            DivideTargets(total.Amount, amounts);
        }

        foreach (ref readonly var limit in _limits.AsSpan())
        {
            if (!limit.Holds(amounts[limit.Row], (ulong)total.Amount, _tolerance))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="total">A cost: at least 1 won, below the limit.</param>
    /// <param name="outside">What the table asks for besides.</param>
    /// <param name="amounts">One a row.</param>
    /// <param name="capped">What caps kept back, one a row; empty when nobody asks.</param>
    /// <param name="taken">What rows took over from others' caps; empty when nobody asks.</param>
    internal void Divide(long total, ReadOnlySpan<long> outside, Span<long> amounts, Span<long> capped, Span<long> taken)
    {
        amounts = amounts[.._rows.Length];
        DivideTargets(total, amounts);
        if (_bearer != None)
        {
            amounts[_bearer] = 0;
        }

        if (_hasCaps)
        {
            HoldToCaps(outside, amounts, capped, taken);
        }

        var rest = Rest(total, amounts);
        if (_hasTopUps)
        {
            var firm = _firmBears ? rest : _firm == None ? 0 : amounts[_firm];
            AddTopUps(
                new Bases(
                    _national == None ? 0 : _national == _bearer ? rest : amounts[_national], firm, firm - Outside(outside, _inKind), Part(total, _grantBp), Outside(outside, _award)),
                outside, amounts, capped);
            rest = Rest(total, amounts);
        }

        if (_bearer != None)
        {
            amounts[_bearer] = rest;
        }
    }

    internal bool IsBelowMinimum(int row, long amount, long total) => _rows[row].IsOfCost && new Limit(row, _rows[row].MinBp, _rows[row].MaxBp).IsBelow(amount, (ulong)total, _tolerance);

    internal bool IsAboveMaximum(int row, long amount, long total) => _rows[row].IsOfCost && new Limit(row, _rows[row].MinBp, _rows[row].MaxBp).IsAbove(amount, (ulong)total, _tolerance);

    /// <summary>The nearest cost that found its shares, of those that halving towards the given one comes by; null when none does.</summary>
    public Won? NearestCost(Won total) => NearestCost(total, default);

    /// <summary>The same where the table asks for more than the cost.</summary>
    public Won? NearestCost(Won total, ReadOnlySpan<long> outside)
    {
        Span<long> amounts = stackalloc long[_rows.Length];
        for (var step = 1L; step <= total.Amount; step *= 2)
        {
            foreach (var start in (ReadOnlySpan<long>)[total.Amount - step, total.Amount + step])
            {
                if (TryDivide(new Won(start), outside, amounts))
                {
                    return new Won(Approach(start, total.Amount, outside, amounts));
                }
            }
        }

        return null;
    }

    private long Approach(long passes, long fails, ReadOnlySpan<long> outside, Span<long> amounts)
    {
        while (Math.Abs(fails - passes) > 1)
        {
            var middle = passes + ((fails - passes) / 2);
            if (TryDivide(new Won(middle), outside, amounts))
            {
                passes = middle;
            }
            else
            {
                fails = middle;
            }
        }

        return passes;
    }

    // Every row's target part, and the rest for the bearer.
    private void DivideTargets(long total, Span<long> amounts)
    {
        var rest = total;
        var targets = _targets;
        var (reciprocal, shift, unit) = (_reciprocal, _shift, _unit);
        amounts = amounts[..targets.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            var product = unchecked((ulong)total * targets[i]);
            var part = unchecked((long)((reciprocal == 0 ? product / _divisor : Math.BigMul(product, reciprocal, out _) >> shift) * unit));
            amounts[i] = part;
            rest = unchecked(rest - part);
        }

        if (_bearer != None)
        {
            amounts[_bearer] = rest;
        }
    }

    private static Kind KindOf(ShareBase of) => of switch
    {
        ShareBase.EligibleCost => Kind.OfCost,
        ShareBase.NationalGrant => Kind.OfGrant,
        ShareBase.FirmShare => Kind.OfFirm,
        ShareBase.FirmCashShare => Kind.OfFirmCash,
        ShareBase.PublicGrant => Kind.OfWhole,
        ShareBase.AwardNationalGrant => Kind.OfAward,
        _ => throw new ArgumentOutOfRangeException(nameof(of)),
    };

    private static int IndexOf<T>(IReadOnlyList<T> list, T item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(list[i], item))
            {
                return i;
            }
        }

        return None;
    }

    private static int IndexOf(ShareTable table, Funder funder)
    {
        for (var i = 0; i < table.Shares.Count; i++)
        {
            if (table.Shares[i].Funder == funder)
            {
                return i;
            }
        }

        return None;
    }

    private long Part(long amount, ulong basisPoints)
    {
        unchecked
        {
            var product = (ulong)amount * basisPoints;
            return (long)((_reciprocal == 0 ? product / _divisor : Math.BigMul(product, _reciprocal, out _) >> _shift) * _unit);
        }
    }

    // Dividing by the same number again and again: a multiplication by 2^(64 + shift) / divisor, rounded up, is exact for every product
    // below 10^19 as long as the rounding is small enough; else zero, and the division is done as such.
    private static (ulong Reciprocal, int Shift) ReciprocalOf(ulong divisor)
    {
        var shift = 63 - System.Numerics.BitOperations.LeadingZeroCount(divisor);
        var power = UInt128.One << (64 + shift);
        var reciprocal = (power / divisor) + 1;
        var error = (reciprocal * divisor) - power;
        return reciprocal <= ulong.MaxValue && error * 10_000_000_000_000_000_000 < power ? ((ulong)reciprocal, shift) : (0, 0);
    }

    private long Rest(long total, Span<long> amounts)
    {
        for (var i = 0; i < amounts.Length; i++)
        {
            if (i != _bearer)
            {
                total -= amounts[i];
            }
        }

        return total;
    }

    // A cost below 10^15 won times 10^4 basis points is below 2^64, so none of the products here overflows.
    private readonly record struct Limit(int Row, ulong MinBp, ulong MaxBp)
    {
        public bool Holds(long amount, ulong total, ulong tolerance) => !IsBelow(amount, total, tolerance) && !IsAbove(amount, total, tolerance);

        public bool IsBelow(long amount, ulong total, ulong tolerance) => unchecked(amount < 0 || ((ulong)amount * 10_000) + tolerance < total * MinBp);

        public bool IsAbove(long amount, ulong total, ulong tolerance) => unchecked(amount > 0 && (ulong)amount * 10_000 > (total * MaxBp) + tolerance);
    }

    private readonly record struct Row(Funder Funder, ulong TargetBp, long Cap, int OverflowTo, Kind Kind, bool IsOfCost, ulong MinBp, ulong MaxBp);
}
