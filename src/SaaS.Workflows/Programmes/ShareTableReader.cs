using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>Reads the shares of a tier as they stand in a definition.</summary>
/// <param name="rows">One a funder.</param>
/// <param name="bearer">Who takes the rest; the firm where the definition does not say.</param>
/// <param name="roundingUnit">Won.</param>
/// <param name="grant">The grant as a whole, where funders divide one.</param>
internal sealed class ShareTableReader(Value rows, Value bearer, Value roundingUnit, Value grant)
{
    /// <summary>What public shares are rounded down to where the definition does not say (천원 미만 절사).</summary>
    public const long CustomaryUnit = 1_000;

    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public ShareTable Read()
    {
        if (rows.Kind != ValueKind.Array || rows.Items.Length == 0)
        {
            throw new PreparationException("shares", "분담 비율(shares)이 하나 이상 있어야 합니다.", "There must be at least one share.");
        }

        var shares = new List<Share>();
        foreach (var row in rows.Items)
        {
            var funder = Funder(row["funder"], "shares") ?? throw Unknown("shares", row["funder"]);
            if (shares.Any(share => share.Funder == funder))
            {
                throw new PreparationException("shares", $"{FunderNames.Ko(funder)}이(가) 두 번 나옵니다.", $"The {FunderNames.En(funder)} appears twice.");
            }

            shares.Add(new Share(funder, BasisPoints(row, "targetBp", null))
            {
                MinBp = BasisPoints(row, "minBp", 0),
                MaxBp = BasisPoints(row, "maxBp", 10_000),
                Base = Base(row["base"]),
                Cap = Amount(row, "cap", "shares"),
                CumulativeCap = Amount(row, "cumulativeCap", "shares"),
                CapPerYear = Amount(row, "capPerYear", "shares"),
                OverflowTo = Funder(row["overflowTo"], "shares"),
                PaidBy = row["paidBy"].Text == "Self" ? null : Funder(row["paidBy"], "shares"),
            });
        }

        var unit = roundingUnit.IsNothing ? CustomaryUnit : roundingUnit.Whole is >= 1 and <= 1_000_000 and { } given
            ? given
            : throw new PreparationException("roundingUnit", "절사 단위는 1원에서 1,000,000원 사이여야 합니다.", "The rounding unit must lie between 1 and 1,000,000 won.");
        var rest = Funder(bearer, "bearer") ?? SaaS.Domain.Money.Funder.Firm;
        return shares.Any(share => share.Funder == rest)
            ? new ShareTable(shares, rest, new Won(unit)) { Grant = ReadGrant() }
            : throw new PreparationException("bearer", $"나머지를 부담하는 {FunderNames.Ko(rest)}이(가) 분담 비율에 없습니다.", $"The bearer of the rest, the {FunderNames.En(rest)}, has no share.");
    }

    /// <summary>The tables of places that are exceptions: the ordinary rows, with those of the funders named there in their place.</summary>
    /// <param name="overrides">As they stand in the definition.</param>
    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public IReadOnlyDictionary<string, ShareTable> ReadOverrides(Value overrides)
    {
        var tables = new Dictionary<string, ShareTable>(StringComparer.Ordinal);
        if (overrides.IsNothing)
        {
            return tables;
        }

        if (overrides.Kind != ValueKind.Array)
        {
            throw new PreparationException("overrides", "지역별 예외(overrides)는 목록이어야 합니다.", "The exceptions (overrides) must be a list.");
        }

        foreach (var exception in overrides.Items.ToArray())
        {
            var place = exception["municipality"].Text ?? exception["region"].Text ?? "";
            if (place.Length == 0 || tables.ContainsKey(place))
            {
                throw new PreparationException("overrides", $"예외의 지역 코드 '{place}'이(가) 비었거나 두 번 나옵니다.", $"The place '{place}' of an exception is empty or appears twice.");
            }

            var own = exception["shares"];
            if (own.Kind != ValueKind.Array || own.Items.Length == 0)
            {
                throw new PreparationException("overrides", $"{place}의 예외에 분담 비율(shares)이 없습니다.", $"The exception for {place} has no shares.");
            }

            try
            {
                tables[place] = new ShareTableReader(
                    Merge(rows, own), exception["bearer"].IsNothing ? bearer : exception["bearer"], roundingUnit, exception["grant"].IsNothing ? grant : exception["grant"]).Read();
            }
            catch (PreparationException problem)
            {
                throw new PreparationException("overrides", $"{place}: {problem.Ko}", $"{place}: {problem.Message}");
            }
        }

        return tables;
    }

    private GrantAsWhole? ReadGrant() => grant.IsNothing ? null
        : grant.Members is not null ? new GrantAsWhole(BasisPoints(grant, "targetBp", null), Amount(grant, "cap", "grant"))
        : throw new PreparationException("grant", "지원금 전체(grant)는 { targetBp, cap }이어야 합니다.", "The grant as a whole (grant) must be { targetBp, cap }.");

    private static Won? Amount(Value row, string name, string input) => row[name].IsNothing ? null : row[name].Whole is >= 0 and { } amount
        ? new Won(amount)
        : throw new PreparationException(
            input,
            $"상한({name}) {row[name].ToJson()}은(는) 0 이상의 원 단위 정수여야 합니다.",
            $"The {(name == "cap" ? "cap" : name)} {row[name].ToJson()} must be a whole number of won, 0 or more.");

    private static Value Merge(Value rows, Value own)
    {
        var merged = new List<Value>(rows.Items.Length + own.Items.Length);
        foreach (var row in rows.Items)
        {
            if (!own.Items.ToArray().Any(each => each["funder"].Equals(row["funder"])))
            {
                merged.Add(row);
            }
        }

        merged.AddRange(own.Items);
        return Value.From([.. merged]);
    }

    private static int BasisPoints(Value row, string name, int? otherwise)
    {
        if (row[name].IsNothing && otherwise is { } value)
        {
            return value;
        }

        return row[name].Whole is >= 0 and <= 10_000 and { } given ? (int)given : throw new PreparationException(
            "shares",
            $"{name} {row[name].ToJson()}은(는) 0에서 10,000 사이의 정수(만분율)여야 합니다.",
            $"{name} {row[name].ToJson()} must be a whole number of basis points from 0 to 10,000.");
    }

    private static ShareBase Base(Value value)
        => value.IsNothing ? ShareBase.EligibleCost
            : Enum.TryParse<ShareBase>(value.Text, out var known) ? known
            : throw new PreparationException("shares", $"기준(base) '{value.Text}'은(는) 없습니다.", $"There is no base '{value.Text}'; there are {string.Join(", ", Enum.GetNames<ShareBase>())}.");

    private static Funder? Funder(Value value, string input)
        => value.IsNothing ? null : Enum.TryParse<Funder>(value.Text, out var known) ? known : throw Unknown(input, value);

    private static PreparationException Unknown(string input, Value value) => new(
        input,
        $"재원 '{value.Text}'은(는) 없습니다. 쓸 수 있는 것: {string.Join(", ", Enum.GetNames<Funder>())}",
        $"There is no funder '{value.Text}'. There are: {string.Join(", ", Enum.GetNames<Funder>())}");
}
