namespace BatchScoring.Dispatcher.Hosts;

/// <summary>The scripts that run on hosts lie in this program: nothing is installed there.</summary>
internal static class EmbeddedScript
{
    public static string Read(string name)
    {
        using Stream stream = typeof(EmbeddedScript).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
