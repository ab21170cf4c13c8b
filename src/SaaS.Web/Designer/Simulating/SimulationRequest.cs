using SaaS.Domain.Money;
using SaaS.Workflows.Simulation;

namespace SaaS.Web.Designer.Simulating;

/// <summary>Where the firms of a simulation come from.</summary>
public enum FirmsFrom
{
    Region,
    Applicants,
    File,
}

/// <summary>What an official has filled in to simulate a design.</summary>
public sealed class SimulationRequest
{
    /// <summary>Sizes of a made-up region that are offered.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [1_000, 10_000, 100_000];

    /// <summary>The funders whose money a budget limits; a firm's own part is its own affair.</summary>
    public static IReadOnlyList<Funder> Budgeted { get; } = [Funder.National, Funder.Province, Funder.Municipality, Funder.LeadFirm];

    public FirmsFrom From { get; set; } = FirmsFrom.Region;

    public string Region { get; set; } = "";

    /// <summary>Division of KSIC; empty for all manufacturing.</summary>
    public string Sector { get; set; } = "";

    public int Size { get; set; } = Sizes[0];

    /// <summary>The call whose applicants are taken.</summary>
    public Guid? CallId { get; set; }

    /// <summary>Whether firms are ranked and selected within quotas and budgets.</summary>
    public bool Ranks { get; set; }

    /// <summary>Won by funder; none where nothing limits it.</summary>
    public Dictionary<Funder, long> Budgets { get; } = [];

    public SimulationPolicy Policy => Ranks
        ? SimulationPolicy.Parse(["evaluation=rank"], [], Budgets.Select(budget => $"{budget.Key}={budget.Value}"))
        : SimulationPolicy.Approved;
}
