namespace SaaS.Web.Designer;

/// <summary>What is done with the one design of a circuit: made, run over many firms, or walked through with one. All see every edit at once.</summary>
public enum DesignView
{
    Design,
    Simulate,
    Try,
}
