using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain;
using SaaS.Domain.Money;
using SaaS.Domain.Selections;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Platform.Selections;

/// <summary>How far an application that passed its evaluation came.</summary>
public enum CandidateStanding
{
    /// <summary>Passed; the ranking of its tier is still to come.</summary>
    Passed,

    /// <summary>Ranked, with too little money or no place left: on the waiting list.</summary>
    Waiting,

    /// <summary>Place and money are set aside for it.</summary>
    Selected,

    /// <summary>Its case ended without being completed, or its time on the waiting list is over: it keeps its rank and takes nothing.</summary>
    Ended,
}

/// <summary>An application that passed its evaluation, as the ranking of its tier sees it.</summary>
public sealed class Candidate : ITenantOwned
{
    private Candidate()
    {
    }

    public Candidate(GrantApplication application, SelectionTerms terms, Guid bookmarkId, decimal score, IReadOnlyList<int> points, bool isFirstAward, Won publicMoney, ulong lot)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = application.Id;
        CallId = application.CallId;
        Tier = application.Tier;
        BookmarkId = bookmarkId;
        Score = score;
        Points = [.. points];
        PublicMoney = publicMoney;
        TotalCost = application.TotalCost;
        IsFirstAward = isFirstAward;
        SubmittedAt = application.SubmittedAt;
        Lot = unchecked((long)lot);
        Selection = terms.Selection;
        StopsOthers = terms.StopsOthers;
        WaitingDays = terms.WaitingDays;
        Standing = CandidateStanding.Passed;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid CallId { get; private set; }

    public string Tier { get; private set; } = "";

    /// <summary>Where the workflow waits to be told that it is selected.</summary>
    public Guid BookmarkId { get; private set; }

    public decimal Score { get; private set; }

    /// <summary>By criterion, in the order of the score sheet.</summary>
    public List<int> Points { get; private set; } = [];

    /// <summary>What KOSMO, province and municipality would pay together.</summary>
    public Won PublicMoney { get; private set; }

    public Won TotalCost { get; private set; }

    public bool IsFirstAward { get; private set; }

    public Instant SubmittedAt { get; private set; }

    public long Lot { get; private set; }

    /// <summary>As the definition has it that the application follows.</summary>
    public SelectionMode Selection { get; private set; }

    public bool StopsOthers { get; private set; }

    public int WaitingDays { get; private set; }

    public CandidateStanding Standing { get; private set; }

    /// <summary>From 1, within the tier; null before it was ranked.</summary>
    public int? Rank { get; private set; }

    /// <summary>Its place on the waiting list of the tier, from 1; null when it is not on it.</summary>
    public int? WaitingNumber { get; private set; }

    /// <summary>JSON text: why it waits; see <see cref="WhyWaiting"/>. Empty when it does not.</summary>
    public string Reasons { get; private set; } = "[]";

    /// <summary>When it was put on the waiting list first.</summary>
    public Instant? WaitingSince { get; private set; }

    /// <summary>When place and money were set aside for it.</summary>
    public Instant? SelectedAt { get; private set; }

    /// <summary>It was selected from the waiting list.</summary>
    public bool IsPromoted => SelectedAt is not null && WaitingSince is not null;

    internal Merit Merit => new(Score, Points, PublicMoney, TotalCost, IsFirstAward, SubmittedAt.ToUnixTimeTicks(), unchecked((ulong)Lot));

    /// <summary>Codes such as CENTRAL, PROVINCE, CITY:Naju, LEAD:LG Electronics, QUOTA, STOP, each with a sentence in both languages.</summary>
    public IReadOnlyList<Reason> WhyWaiting() => JsonSerializer.Deserialize<List<Reason>>(Reasons, JsonSerializerOptions.Web) ?? [];

    internal void RankAs(int rank) => Rank = rank;

    internal void Wait(int number, IReadOnlyList<Reason> reasons, Instant now)
    {
        Require(CandidateStanding.Passed, CandidateStanding.Waiting);
        (Standing, WaitingNumber, Reasons, WaitingSince) = (CandidateStanding.Waiting, number, JsonSerializer.Serialize(reasons, JsonSerializerOptions.Web), WaitingSince ?? now);
    }

    internal void Select(Instant now)
    {
        Require(CandidateStanding.Passed, CandidateStanding.Waiting);
        (Standing, WaitingNumber, Reasons, SelectedAt) = (CandidateStanding.Selected, null, "[]", now);
    }

    internal void End() => (Standing, WaitingNumber) = (CandidateStanding.Ended, null);

    private void Require(params CandidateStanding[] standings)
    {
        if (!standings.Contains(Standing))
        {
            throw new InvalidOperationException($"Candidate {Id} is {Standing}, not {string.Join(" or ", standings)}.");
        }
    }
}

internal sealed class CandidateConfiguration : IEntityTypeConfiguration<Candidate>
{
    public void Configure(EntityTypeBuilder<Candidate> builder)
    {
        builder.ToTable("candidates");
        builder.Property(candidate => candidate.Tier).HasMaxLength(40);
        builder.Property(candidate => candidate.Score).HasPrecision(5, 2);
        builder.Property(candidate => candidate.Reasons).HasColumnType("jsonb");
        builder.Ignore(candidate => candidate.IsPromoted);
        builder.Ignore(candidate => candidate.Merit);
        builder.RefersTo<Candidate, GrantApplication>(nameof(Candidate.ApplicationId));
        builder.RefersTo<Candidate, Call>(nameof(Candidate.CallId));
        builder.HasTenantIndex(nameof(Candidate.ApplicationId)).IsUnique();
        builder.HasTenantIndex(nameof(Candidate.CallId), nameof(Candidate.Tier), nameof(Candidate.Rank));
    }
}
