namespace SaaS.Workflows.Programmes;

/// <summary>What may be chosen where an activity takes a list.</summary>
public static class StepOptions
{
    /// <summary>Who may sign an agreement.</summary>
    public static IReadOnlyList<string> Signers => SignAgreementActivity.Parties;

    /// <summary>Who signs where the definition does not say.</summary>
    public static IReadOnlyList<string> UsualSigners => SignAgreementActivity.Usual;
}
