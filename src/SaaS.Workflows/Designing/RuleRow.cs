using SaaS.Workflows.Activities;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Designing;

/// <summary>A row of a rule table while somebody writes it.</summary>
public static class RuleRow
{
    /// <summary>The condition that the row says; null while it says none that can be tested.</summary>
    /// <param name="json">The row as it stands in the definition.</param>
    public static Condition? Read(string json)
    {
        try
        {
            return Condition.Read(Value.Parse(json), "rules", "");
        }
        catch (PreparationException)
        {
            return null;
        }
    }

    /// <summary>The last whole number that passes and the first that does not; null where no number is compared.</summary>
    public static (long Passes, long Fails)? Boundary(Condition condition) => (condition.Operator, condition.Value.Whole) switch
    {
        ("le", { } limit) => (limit, limit + 1),
        ("lt", { } limit) => (limit - 1, limit),
        ("ge", { } limit) => (limit, limit - 1),
        ("gt", { } limit) => (limit + 1, limit),
        _ => null,
    };
}
