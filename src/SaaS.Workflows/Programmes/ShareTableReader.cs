using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>Reads the shares of a tier as they stand in a definition.</summary>
internal static class ShareTableReader
{
    /// <summary>What public shares are rounded down to where the definition does not say (천원 미만 절사).</summary>
    public const long CustomaryUnit = 1_000;

    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public static ShareTable Read(Value rows, Value bearer, Value roundingUnit)
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
                Cap = row["cap"].IsNothing ? null : row["cap"].Whole is >= 0 and { } cap
                    ? new Won(cap)
                    : throw new PreparationException("shares", $"상한(cap) {row["cap"].ToJson()}은(는) 0 이상의 원 단위 정수여야 합니다.", $"The cap {row["cap"].ToJson()} must be a whole number of won, 0 or more."),
                OverflowTo = Funder(row["overflowTo"], "shares"),
                PaidBy = row["paidBy"].Text == "Self" ? null : Funder(row["paidBy"], "shares"),
            });
        }

        var unit = roundingUnit.IsNothing ? CustomaryUnit : roundingUnit.Whole is >= 1 and <= 1_000_000 and { } given
            ? given
            : throw new PreparationException("roundingUnit", "절사 단위는 1원에서 1,000,000원 사이여야 합니다.", "The rounding unit must lie between 1 and 1,000,000 won.");
        var rest = Funder(bearer, "bearer") ?? SaaS.Domain.Money.Funder.Firm;
        return shares.Any(share => share.Funder == rest)
            ? new ShareTable(shares, rest, new Won(unit))
            : throw new PreparationException("bearer", $"나머지를 부담하는 {FunderNames.Ko(rest)}이(가) 분담 비율에 없습니다.", $"The bearer of the rest, the {FunderNames.En(rest)}, has no share.");
    }

    /// <summary>The tables of municipalities that are exceptions: the ordinary rows, with those of the funders named there in their place.</summary>
    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public static IReadOnlyDictionary<string, ShareTable> ReadOverrides(Value overrides, Value rows, Value bearer, Value roundingUnit)
    {
        var tables = new Dictionary<string, ShareTable>(StringComparer.Ordinal);
        if (overrides.IsNothing)
        {
            return tables;
        }

        if (overrides.Kind != ValueKind.Array)
        {
            throw new PreparationException("overrides", "시·군·구별 예외(overrides)는 목록이어야 합니다.", "The exceptions (overrides) must be a list.");
        }

        foreach (var exception in overrides.Items.ToArray())
        {
            var municipality = exception["municipality"].Text ?? "";
            if (municipality.Length == 0 || tables.ContainsKey(municipality))
            {
                throw new PreparationException("overrides", $"예외의 시·군·구 코드 '{municipality}'이(가) 비었거나 두 번 나옵니다.", $"The municipality '{municipality}' of an exception is empty or appears twice.");
            }

            var own = exception["shares"];
            if (own.Kind != ValueKind.Array || own.Items.Length == 0)
            {
                throw new PreparationException("overrides", $"{municipality}의 예외에 분담 비율(shares)이 없습니다.", $"The exception for {municipality} has no shares.");
            }

            try
            {
                tables[municipality] = Read(Merge(rows, own), exception["bearer"].IsNothing ? bearer : exception["bearer"], roundingUnit);
            }
            catch (PreparationException problem)
            {
                throw new PreparationException("overrides", $"{municipality}: {problem.Ko}", $"{municipality}: {problem.Message}");
            }
        }

        return tables;
    }

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
