namespace SaaS.Platform.Onboarding;

/// <summary>Something wrong in a tenant's folder, with its place.</summary>
/// <param name="File">The file, as the path was given.</param>
/// <param name="Pointer">A JSON pointer into it; empty for the file as a whole.</param>
/// <param name="Code">A stable name.</param>
/// <param name="Ko">One sentence in Korean.</param>
/// <param name="En">One sentence in English.</param>
public sealed record FolderProblem(string File, string Pointer, string Code, string Ko, string En)
{
    /// <summary><c>FILE: /json/pointer: CODE: sentence</c>, as all commands print problems.</summary>
    public override string ToString() => $"{File}: {(Pointer.Length == 0 ? "/" : Pointer)}: {Code}: {Ko} / {En}";
}
