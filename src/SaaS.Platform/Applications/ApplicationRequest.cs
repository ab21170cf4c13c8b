namespace SaaS.Platform.Applications;

/// <summary>What a firm sends to try out or to submit an application. Amounts in won, without value-added tax.</summary>
public sealed record ApplicationRequest
{
    /// <summary>The factory to be supported; one of the firm's own.</summary>
    public Guid FacilityId { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The class of solution, for example MES.</summary>
    public string Solution { get; init; } = "";

    public IReadOnlyList<string> Equipment { get; init; } = [];

    /// <summary>Total project cost.</summary>
    public long TotalCost { get; init; }

    /// <summary>What of its own part the firm gives as staff and goods instead of money (won); only programmes that reckon with the firm's cash ask.</summary>
    public long FirmInKind { get; init; }

    /// <summary>The cost plan. When given, it adds up to <see cref="TotalCost"/>; when not, the total is its only line.</summary>
    public IReadOnlyList<CostItem> CostLines { get; init; } = [];

    /// <summary>A tier of the call, where the firm may choose; null leaves it to the programme.</summary>
    public string? RequestedTier { get; init; }

    /// <summary>The supplier in the consortium; null or empty for none.</summary>
    public string? SupplierBusinessNumber { get; init; }

    /// <summary>Codes of the documents that are attached.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];
}

/// <summary>One line of a cost plan.</summary>
public sealed record CostItem(string Label, long Amount);
