using BatchScoring.Core;

namespace BatchScoring.Hosting;

/// <summary>What can be wrong with a command line, its settings and local files, whatever the program.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class HostErrors
{
    public static ErrorCode Usage { get; } = new("USAGE", ExitCode.Usage,
        "The command line cannot be understood: an unknown command or option, or a value that is missing or cannot be read. "
        + "The text names the word and what comes close to it.");

    public static ErrorCode OptionInvalid { get; } = new("OPTION_INVALID", ExitCode.Usage,
        "An option has a value that it cannot have. The text names the option and what is allowed.");

    public static ErrorCode ConfigurationUnreadable { get; } = new("CONFIGURATION_UNREADABLE", ExitCode.Configuration,
        "The settings file is not readable YAML.");

    public static ErrorCode ConfigurationUnknown { get; } = new("CONFIGURATION_UNKNOWN", ExitCode.Configuration,
        "The settings file sets something that is no setting. The text lists those there are.");

    public static ErrorCode ConfigurationInvalid { get; } = new("CONFIGURATION_INVALID", ExitCode.Configuration,
        "A setting has a value that it cannot have. The text says where and what is allowed.");

    public static ErrorCode Interrupted { get; } = new("INTERRUPTED", ExitCode.Interrupted,
        "Ctrl-C or a signal. The same command again finishes what was begun or does nothing.", RetryHelps: true);

    public static ErrorCode FileNotFound { get; } = new("FILE_NOT_FOUND", ExitCode.InputUnusable,
        "A local file is not there.");

    public static ErrorCode FileNotAllowed { get; } = new("FILE_NOT_ALLOWED", ExitCode.NotAllowed,
        "The user may not read or write a local file or folder.");

    public static ErrorCode FileIo { get; } = new("FILE_IO", ExitCode.Io,
        "A local disk failed or is full. Make room, or look at the disk.", RetryHelps: true);
}
