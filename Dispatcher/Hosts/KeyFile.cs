using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A private key's file and its pass phrase, which only their owner may read.</summary>
internal static class KeyFile
{
    /// <exception cref="BatchScoringException"><c>REMOTE_KEY_FILE_RIGHTS</c>, <c>REMOTE_KEY_FILE_INVALID</c></exception>
    public static void Require(string path)
    {
        if (!File.Exists(path)) throw Invalid($"{path} is not there.");
        if (SecretFile.Problem(path) is { } problem) throw new BatchScoringException(RemoteErrors.KeyFileRights, problem);
    }

    /// <summary>The pass phrase, read anew each time; null: none is configured.</summary>
    /// <exception cref="BatchScoringException"><c>REMOTE_KEY_FILE_RIGHTS</c>, <c>REMOTE_KEY_FILE_INVALID</c></exception>
    public static string? Passphrase(HostSettings settings)
    {
        if (settings.PassphraseFile is { } file)
        {
            Require(file);
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }

        if (settings.PassphraseEnv is not { } variable) return null;
        return Environment.GetEnvironmentVariable(variable)
            ?? throw Invalid($"the environment variable {variable} of {settings.Where}, which holds the pass phrase, is not set.");
    }

    public static BatchScoringException Invalid(string why, Exception? inner = null) =>
        new(RemoteErrors.KeyFileInvalid, $"A private key cannot be used: {why}", inner);
}
