namespace SaaS.Domain.Money;

/// <content>What caps keep back, and parts of another base than the cost.</content>
public sealed partial class CostDivision
{
    // What a cap keeps back goes to the named funder, whose own cap may pass it on: at most once through all funders.
    private void HoldToCaps(ReadOnlySpan<long> outside, Span<long> amounts, Span<long> capped, Span<long> taken)
    {
        for (var round = 0; round < _rows.Length; round++)
        {
            var moved = false;
            for (var i = 0; i < _rows.Length; i++)
            {
                var cap = CapOf(i, outside);
                var over = _rows[i].Kind == Kind.OfCost ? amounts[i] - cap : 0;
                if (over <= 0)
                {
                    continue;
                }

                amounts[i] = cap;
                moved = true;
                var receiver = _rows[i].OverflowTo == None ? _bearer : _rows[i].OverflowTo;
                if (_rows[i].OverflowTo != None)
                {
                    amounts[receiver] += over;
                }

                if (!capped.IsEmpty)
                {
                    capped[i] += over;
                    if (receiver != None)
                    {
                        taken[receiver] += over;
                    }
                }
            }

            if (!moved)
            {
                return;
            }
        }
    }

    // A ceiling over all projects leaves what was not given before, in whole units.
    private long CapOf(int row, ReadOnlySpan<long> outside)
    {
        if (_ceilings[row] == None)
        {
            return _rows[row].Cap;
        }

        var left = Math.Max(0, Table.Shares[row].CumulativeCap!.Value.Amount - Outside(outside, _ceilings[row]));
        return Math.Min(_rows[row].Cap, left - (left % (long)_unit));
    }

    private void AddTopUps(in Bases bases, ReadOnlySpan<long> outside, Span<long> amounts, Span<long> capped)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            if (_rows[i].Kind is Kind.OfCost or Kind.Bearer)
            {
                continue;
            }

            // A firm whose part is less than nothing breaks its limits anyway; it gets no top-up.
            var wished = Part(Math.Max(0, bases.Of(_rows[i].Kind)), _rows[i].TargetBp);
            var amount = _rows[i].Kind == Kind.OfWhole ? Part(Math.Min(bases.Whole, _grantCap), _rows[i].TargetBp) : wished;
            amounts[i] = Math.Min(amount, CapOf(i, outside));
            if (!capped.IsEmpty)
            {
                capped[i] = wished - amounts[i];
            }
        }
    }

    // Amounts as large as a cost may be at most: the products stay below 2^64.
    private static long Outside(ReadOnlySpan<long> outside, int index)
        => index == None || index >= outside.Length ? 0 : Math.Clamp(outside[index], 0, CostSharing.CostLimit.Amount - 1);

    private readonly record struct Bases(long Grant, long Firm, long FirmCash, long Whole, long Award)
    {
        public long Of(Kind kind) => kind switch
        {
            Kind.OfGrant => Grant,
            Kind.OfFirm => Firm,
            Kind.OfFirmCash => FirmCash,
            Kind.OfWhole => Whole,
            _ => Award,
        };
    }
}
