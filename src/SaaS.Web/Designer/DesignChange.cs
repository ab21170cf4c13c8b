namespace SaaS.Web.Designer;

/// <summary>What happened, for the parts of the page that show it.</summary>
public enum DesignChange
{
    /// <summary>The design is another one. What is costly to reckon of it follows with <see cref="Settled"/>.</summary>
    Edited,

    /// <summary>The design is the same; another step or another example cost is looked at.</summary>
    Looked,

    /// <summary>The checker, the differences and the outline have caught up with the design.</summary>
    Settled,
}
