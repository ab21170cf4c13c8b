namespace SaaS.Web.Texts;

/// <summary>Names the resource of sentences on tenants, people, invitations and the inbox: Korean, with English beside it.</summary>
public sealed class PeopleTexts;
