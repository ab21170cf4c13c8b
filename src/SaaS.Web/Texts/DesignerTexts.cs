namespace SaaS.Web.Texts;

/// <summary>Names the resource of sentences for these pages: Korean, with English beside it.</summary>
public sealed class DesignerTexts;
