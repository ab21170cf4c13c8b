using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using SaaS.Domain.Money;
using SaaS.Platform.Oversight;
using SaaS.Web.Designer;
using SaaS.Web.Kit;
using SaaS.Workflows.Checking;

namespace SaaS.Web.Pages.Oversight.Rails;

/// <summary>A guard rail as it is typed into the form: fields by name, and what they say.</summary>
/// <param name="typed">The value of a field; null where it was not sent.</param>
internal sealed class RailInput(Func<string, string?> typed)
{
    public static string Least(Funder funder) => $"shares.{funder}.minBp";

    public static string Most(Funder funder) => $"shares.{funder}.maxBp";

    /// <summary>The field that a finding of <see cref="GuardRailRules"/> is about.</summary>
    public static string? FieldOf(string pointer)
    {
        var field = pointer.TrimStart('/').Replace("limits/", "", StringComparison.Ordinal).Replace('/', '.');
        return field is "shares" or "model" ? null : field;
    }

    /// <summary>The fields of a guard rail that holds, to begin with.</summary>
    public static IReadOnlyDictionary<string, string> Of(GuardRail rail, LocalDate validFrom)
    {
        var fields = new Dictionary<string, string>
        {
            ["fromYear"] = rail.FromYear.ToString(CultureInfo.InvariantCulture),
            ["validFrom"] = LocalDatePattern.Iso.Format(validFrom),
            ["source"] = rail.Source,
        };
        foreach (var funder in Enum.GetValues<Funder>())
        {
            var range = rail.Limits.Of(funder);
            fields[Least(funder)] = range.MinBp == 0 ? "" : ShareInput.Percent(range.MinBp);
            fields[Most(funder)] = range.MaxBp == 10_000 ? "" : ShareInput.Percent(range.MaxBp);
        }

        fields["publicMaxBp"] = rail.Limits.PublicMaxBp is { } together ? ShareInput.Percent(together) : "";
        fields["totalCostMax"] = Won(rail.Limits.TotalCostMax);
        fields["nationalMax"] = Won(rail.Limits.NationalMax);
        fields["roundingUnitMax"] = Won(rail.Limits.RoundingUnitMax);
        fields["callDaysMin"] = rail.Limits.CallDaysMin?.ToString(CultureInfo.InvariantCulture) ?? "";
        return fields;
    }

    /// <summary>Null where a field cannot be read; then <paramref name="errors"/> says which.</summary>
    public WriteGuardRail.Request? Read(string model, bool nationalMoney, FormErrors errors)
    {
        var shares = new Dictionary<Funder, ShareRange>();
        foreach (var funder in Enum.GetValues<Funder>())
        {
            var range = new ShareRange(Percent(Least(funder), errors) ?? 0, Percent(Most(funder), errors) ?? 10_000);
            if (range != ShareRange.Free)
            {
                shares[funder] = range;
            }
        }

        var limits = new GuardRailLimits
        {
            Shares = shares,
            PublicMaxBp = Percent("publicMaxBp", errors),
            TotalCostMax = Amount("totalCostMax", errors),
            NationalMax = Amount("nationalMax", errors),
            RoundingUnitMax = Amount("roundingUnitMax", errors),
            CallDaysMin = Whole("callDaysMin", errors),
        };
        var year = Whole("fromYear", errors);
        var day = LocalDatePattern.Iso.Parse(typed("validFrom") ?? "");
        if (!day.Success)
        {
            errors.Add("validFrom", "시행일을 2025-03-04 형식으로 적어 주세요.", "Write the day as 2025-03-04.");
        }

        return errors.Any ? null : new WriteGuardRail.Request(
            new GuardRail(model, nationalMoney, year ?? 0, day.Value, limits, typed("source")?.Trim() ?? ""), typed("reason"));
    }

    /// <summary>Of all that a request says: what was looked at is what is sent.</summary>
    public static string Print(WriteGuardRail.Request request) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', request.Rail.Model, request.Rail.NationalMoney, request.Rail.FromYear, request.Rail.ValidFrom, GuardRailFile.Write(request.Rail.Limits), request.Rail.Source, request.Reason))));

    private int? Percent(string field, FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(typed(field)))
        {
            return null;
        }

        if (ShareInput.TryRead(typed(field), out var basisPoints))
        {
            return basisPoints;
        }

        errors.Add(field, "비율은 0에서 100 사이, 소수 둘째 자리까지 적어 주세요. 예: 45", "Write a percentage between 0 and 100 with at most two decimals, for example 45.");
        return null;
    }

    private long? Amount(string field, FormErrors errors) => WonInput.TryRead(typed(field), field, errors, out var won) ? won : null;

    private int? Whole(string field, FormErrors errors)
    {
        var text = typed(field)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(field, "숫자로 적어 주세요.", "Write it in digits.");
        return null;
    }

    private static string Won(long? amount) => amount is { } won ? WonText.Figures(won) : "";
}
