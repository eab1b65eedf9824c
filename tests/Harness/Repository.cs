namespace ChatOperator.Harness;

/// <summary>The working copy the tests run from: its scripts, and what the build put where.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the working copy.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>What another project built, in the configuration that this one was built in.</summary>
    public static string Output(string project, string assembly)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
        return File(project, "bin", configuration, "net10.0", assembly);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "ChatOperator.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Tests run inside the working copy: no ChatOperator.slnx above " + AppContext.BaseDirectory);
    }
}
