using BatchScoring.Core;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>S3 credentials as every S3 program takes them; null leaves the choice to the instance.</summary>
internal static class EnvironmentCredentials
{
    public static StoreCredentials? Read(Func<string, string?> environment)
    {
        string? access = environment("AWS_ACCESS_KEY_ID"), secret = environment("AWS_SECRET_ACCESS_KEY");
        if (string.IsNullOrEmpty(access) || string.IsNullOrEmpty(secret)) return null;
        return new StoreCredentials { AccessKey = access, SecretKey = secret, SessionToken = environment("AWS_SESSION_TOKEN") };
    }
}
