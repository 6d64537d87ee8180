using System.Reflection;

namespace BatchScoring.SparkJobs;

/// <summary>Name, version and commit of this program, as the build stamped them.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } = "batch-score " +
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
