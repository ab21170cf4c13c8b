using System.Text.Json;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Documents;
using SaaS.Platform.Oversight;
using SaaS.Platform.Selections;
using SaaS.Platform.Suppliers;
using SaaS.Web.Kit;

namespace SaaS.Web.Cases;

/// <summary>One application in words and pictures; what the reader's plane hides is empty here.</summary>
public sealed record CaseFile
{
    public required ViewApplication.Case Case { get; init; }

    public required string TierName { get; init; }

    /// <summary>Null where the reader sees the case but not its money.</summary>
    public ViewCaseMoney.CaseMoney? Money { get; init; }

    /// <summary>Null while there is nothing to sign, or where the reader does not see it.</summary>
    public ListAgreements.Item? Agreement { get; init; }

    /// <summary>Null before it passed its evaluation, and where the reader does not see that.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Null when it never waited for a supplier.</summary>
    public ListSupplierCases.Wait? SupplierWait { get; init; }

    /// <summary>Empty where the reader sees the case but not the firm's papers.</summary>
    public IReadOnlyList<ListDocuments.Row> Documents { get; init; } = [];

    public IReadOnlyList<ShareLine> Shares => Money is null ? [] : [.. Money.Shares.OrderBy(share => share.Funder).Select(share => new ShareLine(share.Funder.ToString(), share.Amount, null, Language.Of(share.FunderKo, share.FunderEn)))];

    public required FlowGraph Flow { get; init; }

    public required IReadOnlyList<Moment> Journal { get; init; }

    public string Title => Case.Title;

    public string Firm => Language.Of(Case.FirmKo, Case.FirmEn);

    public string Tenant => Language.Of(Case.TenantKo, Case.TenantEn);

    public string Call => Language.Of(Case.CallKo, Case.CallEn);

    public string? Facility => Fact("facility", "name");

    public string? Municipality => Fact("facility", "municipality") is { } code && SaaS.Domain.Codes.Municipalities.Find(code) is { } place ? Language.Of(place.Ko, place.En) : null;

    /// <summary>As it is now; it may have been changed since the submission.</summary>
    public string? Supplier => Case.SupplierKo is null ? Fact("supplier", "ko") : Language.Of(Case.SupplierKo, Case.SupplierEn);

    /// <summary>What was known at submission, however the firm has changed since.</summary>
    private string? Fact(string group, string name) =>
        Case.Facts.ValueKind == JsonValueKind.Object && Case.Facts.TryGetProperty(group, out var facts) && facts.ValueKind == JsonValueKind.Object
            && facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
