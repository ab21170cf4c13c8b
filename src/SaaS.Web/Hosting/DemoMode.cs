namespace SaaS.Web.Hosting;

/// <summary>Whether this copy is shown to visitors with invented people (<c>SAAS_DEMO=1</c>). Their sign-ins are then listed on the sign-in page.</summary>
public sealed class DemoMode(IConfiguration configuration)
{
    public bool On { get; } = configuration["SAAS_DEMO"] == "1";
}
