namespace SaaS.Web.Designer;

/// <summary>What is done with the one design of a circuit: made, or run over many firms. Both see every edit at once.</summary>
public enum DesignView
{
    Design,
    Simulate,
}
