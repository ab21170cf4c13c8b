namespace SaaS.Cli.Demonstration;

/// <summary>Finds the folders of data that lie beside the sources.</summary>
internal static class SourceFolder
{
    /// <param name="name">For example <c>tenants</c>.</param>
    /// <exception cref="DemoFailureException">Neither <c>SAAS_HOME</c> nor the current folder or one above it holds it.</exception>
    public static string Find(string name)
    {
        IEnumerable<string> starts = [Environment.GetEnvironmentVariable("SAAS_HOME") ?? "", Environment.CurrentDirectory, AppContext.BaseDirectory];
        foreach (var start in starts.Where(start => start.Length > 0))
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "SaaS.sln")) && Directory.Exists(Path.Combine(folder.FullName, name)))
                {
                    return Path.Combine(folder.FullName, name);
                }
            }
        }

        throw new DemoFailureException($"'{name}' 폴더를 찾지 못했습니다. SAAS_HOME을 정하세요 / the folder '{name}' was not found; set SAAS_HOME");
    }
}
