namespace SaaS.Web.Flows;

/// <summary>Which activities of a case are behind it, and at which it waits.</summary>
/// <param name="Done">Ids of completed activities.</param>
/// <param name="Waiting">Ids of activities that wait for somebody.</param>
/// <param name="Finished">Nothing more will happen.</param>
/// <param name="Notes">Words to put beside an activity, by its id.</param>
public sealed record CaseHistory(IReadOnlySet<string> Done, IReadOnlySet<string> Waiting, bool Finished, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>A programme without a case: everything lies ahead.</summary>
    public static readonly CaseHistory None = new(new HashSet<string>(), new HashSet<string>(), false, new Dictionary<string, string>());
}
