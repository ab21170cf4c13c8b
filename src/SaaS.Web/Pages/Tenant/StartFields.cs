using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SaaS.Domain.Money;
using SaaS.Platform.Programmes;
using SaaS.Web.Kit;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Pages.Tenant;

/// <summary>The answers to the four questions as they stand in the form's fields.</summary>
public sealed class StartFields
{
    private readonly Dictionary<string, string> texts = [];
    private readonly HashSet<string> kept = [];
    private readonly HashSet<string> places = [];

    private StartFields()
    {
    }

    public static StartFields Empty { get; } = new();

    public string? Of(string field) => texts.GetValueOrDefault(field);

    public bool IsIn(string place) => places.Contains(place);

    /// <summary>Whether another place than the tenant's own is chosen.</summary>
    public bool IsElsewhere(string? own) => places.Any(place => place != own);

    public bool Keeps(string tier) => kept.Contains(tier);

    /// <summary>What a template says; a programme for the tenant's own place where it has one.</summary>
    public static StartFields Of(ProgrammeOutline template, string? own)
    {
        var fields = new StartFields();
        foreach (var tier in template.Tiers)
        {
            fields.kept.Add(tier.Code);
            fields.texts[$"max-{tier.Code}"] = tier.Tier.TotalCostMax is { } most ? WonText.Figures(most.Amount) : "";
            foreach (var funder in Enum.GetValues<Funder>())
            {
                fields.texts[$"share-{tier.Code}-{funder}"] = Percent(tier, funder);
            }
        }

        fields.texts["year"] = template.Year?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (own is not null && template.Model == nameof(ProgrammeModel.LocalGovernment))
        {
            fields.places.Add(own);
        }

        return fields;
    }

    public static StartFields Posted(IFormCollection form)
    {
        var fields = new StartFields();
        foreach (var (name, value) in form)
        {
            fields.texts[name] = value.ToString();
        }

        fields.kept.UnionWith(form["keep"].OfType<string>());
        fields.places.UnionWith(form["places"].OfType<string>());
        return fields;
    }

    /// <returns>Null when a field cannot be read; the errors say which.</returns>
    public StartProgramme.Request? Read(string? from, ProgrammeOutline template, FormErrors errors)
    {
        var tiers = template.Tiers.Where(tier => Keeps(tier.Code)).Select(tier => Read(tier, errors)).ToList();
        if (tiers.Count == 0)
        {
            errors.Add("keep", "유형을 하나 이상 남겨 주세요.", "Keep at least one tier.");
        }

        var request = new StartProgramme.Request(
            from, Of("slug"), Of("ko"), Of("en"),
            int.TryParse(Of("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : 0,
            tiers, [.. places.Order(StringComparer.Ordinal)],
            [.. SaaS.Domain.Codes.SectorCodes.Read(Of("sectors"))],
            Day("opensOn", errors), Day("closesOn", errors));
        return errors.Any ? null : request;
    }

    private StartProgramme.Tier Read(TierOutline tier, FormErrors errors)
    {
        WonInput.TryRead(Of($"max-{tier.Code}"), $"max-{tier.Code}", errors, out var most);
        var shares = new Dictionary<Funder, int>();
        foreach (var funder in Enum.GetValues<Funder>())
        {
            var field = $"share-{tier.Code}-{funder}";
            var typed = (Of(field) ?? "").Replace("%", "", StringComparison.Ordinal).Trim();
            if (typed == Percent(tier, funder))
            {
                continue;
            }

            if (!decimal.TryParse(typed.Length == 0 ? "0" : typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || decimal.Round(percent, 2) != percent || percent > 100)
            {
                errors.Add(field, "비율은 0에서 100까지, 소수점 둘째 자리까지 적어 주세요. 예: 30 또는 12.5", "Write a share from 0 to 100 with at most two decimals, for example 30 or 12.5.");
                continue;
            }

            shares[funder] = (int)(percent * 100);
        }

        return new StartProgramme.Tier(tier.Code, most, shares);
    }

    private LocalDate? Day(string field, FormErrors errors)
    {
        if (Of(field) is not { Length: > 0 } typed)
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(typed) is { Success: true } parsed)
        {
            return parsed.Value;
        }

        errors.Add(field, "날짜를 2026-03-02처럼 적어 주세요.", "Write a date like 2026-03-02.");
        return null;
    }

    private static string Percent(TierOutline tier, Funder funder) =>
        tier.Shares?.Of(funder) is { TargetBp: > 0 } share ? (share.TargetBp / 100m).ToString("0.##", CultureInfo.InvariantCulture) : "";
}
