namespace SaaS.Web.Texts;

/// <summary>Names the resource of sentences for simulating and trying a design: Korean, with English beside it.</summary>
public sealed class SimulationTexts;
