namespace SaaS.Workflows;

/// <summary>A text for people in both languages of the house.</summary>
public readonly record struct Words(string Ko, string En);
