using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What can be wrong with a host and with what runs there.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class RemoteErrors
{
    public static ErrorCode Unreachable { get; } = new("REMOTE_UNREACHABLE", ExitCode.Unreachable,
        "A host cannot be reached: no such name, nobody listens, no answer. The text has the system's own words. A server that closes the "
        + "connection before its greeting may be punishing too many attempts: wait some minutes.", RetryHelps: true);

    public static ErrorCode LinkLost { get; } = new("REMOTE_LINK_LOST", ExitCode.Unreachable,
        "The link to a host was lost while something was asked of it. Whether it was done is not known; a job that runs there runs on, and "
        + "is found again.", RetryHelps: true);

    public static ErrorCode KeyUnknown { get; } = new("REMOTE_KEY_UNKNOWN", ExitCode.NotAllowed,
        "The known hosts file has no key for a host. Fetch it with the `ssh-keyscan` line of the text, compare its fingerprint with the "
        + "administrator's, and add it. Nothing secret was sent.");

    public static ErrorCode KeyChanged { get; } = new("REMOTE_KEY_CHANGED", ExitCode.NotAllowed,
        "A host shows another key than the known hosts file has: it was set up anew, or somebody stands in between. Ask its administrator "
        + "before you replace the line. Nothing secret was sent.");

    public static ErrorCode KeyRevoked { get; } = new("REMOTE_KEY_REVOKED", ExitCode.NotAllowed,
        "A host shows a key that the known hosts file marks as revoked. Nothing secret was sent.");

    public static ErrorCode KnownHostsInvalid { get; } = new("REMOTE_KNOWN_HOSTS_INVALID", ExitCode.Configuration,
        "The known hosts file cannot be used: it is not there, or others may write to it.");

    public static ErrorCode LoginRefused { get; } = new("REMOTE_LOGIN_REFUSED", ExitCode.NotAllowed,
        "A host refuses the key for the user. Look whether its public half stands in the user's authorized_keys there.");

    public static ErrorCode KeyFileRights { get; } = new("REMOTE_KEY_FILE_RIGHTS", ExitCode.Configuration,
        "Others than the owner may read a private key or a pass phrase file. The text has the `chmod` line.");

    public static ErrorCode KeyFileInvalid { get; } = new("REMOTE_KEY_FILE_INVALID", ExitCode.Configuration,
        "A private key cannot be read: it is not there, is no key, or its pass phrase is missing or wrong.");

    public static ErrorCode HostInvalid { get; } = new("REMOTE_HOST_INVALID", ExitCode.Configuration,
        "A host of the configuration cannot be used as it is written. The text says what is allowed.");

    public static ErrorCode ShellRefused { get; } = new("REMOTE_SHELL_REFUSED", ExitCode.NotAllowed,
        "A host lets the user in but runs no commands, for example because the account is for SFTP only, or its login prints without end.");

    public static ErrorCode WordInvalid { get; } = new("REMOTE_WORD_INVALID", ExitCode.Usage,
        "A word of a command cannot be given to any shell: it holds a NUL or is no text.");

    public static ErrorCode DiskFull { get; } = new("REMOTE_DISK_FULL", ExitCode.Io,
        "A host has too little room for a file or a job. The text has both numbers. Make room there.");

    public static ErrorCode FileFailed { get; } = new("REMOTE_FILE_FAILED", ExitCode.Io,
        "A file or folder cannot be read or written on a host. The text has the host's own words: most often rights.");

    public static ErrorCode UploadDamaged { get; } = new("REMOTE_UPLOAD_DAMAGED", ExitCode.Io,
        "A file arrived with another size or SHA-256 than it was sent with, twice. The one that was there before is untouched.",
        RetryHelps: true);

    public static ErrorCode JobFenced { get; } = new("REMOTE_JOB_FENCED", ExitCode.Failed,
        "A host has seen a newer leader than this dispatcher: nothing was done. The newer one goes on. Two dispatchers with a ledger each "
        + "need a `jobs` folder each.");

    public static ErrorCode JobStillRuns { get; } = new("REMOTE_JOB_STILL_RUNS", ExitCode.TryLater,
        "An earlier attempt of the same step still runs on the host, so no other was started beside it.", RetryHelps: true);

    public static ErrorCode JobNotStarted { get; } = new("REMOTE_JOB_NOT_STARTED", ExitCode.Failed,
        "A host could not make a job's folder or start it. The text has the host's own words.", RetryHelps: true);

    public static ErrorCode JobDied { get; } = new("REMOTE_JOB_DIED", ExitCode.Failed,
        "A job is gone without an exit code: it was killed, for example for want of memory, or its host was started anew. The end of its "
        + "log is in the text.", RetryHelps: true);

    public static ErrorCode JobFailed { get; } = new("REMOTE_JOB_FAILED", ExitCode.Failed,
        "A command ended with an exit code that is no success. The end of its log is in the text.");

    public static ErrorCode YarnUnanswered { get; } = new("REMOTE_YARN_UNANSWERED", ExitCode.Unreachable,
        "The `yarn` program of a host failed, so nobody knows which applications run. The text has its own words.", RetryHelps: true);
}
