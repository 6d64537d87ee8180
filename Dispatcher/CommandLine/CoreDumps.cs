using System.Runtime.InteropServices;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>The memory of this program holds pass phrases and tokens: it is written nowhere when the program crashes.</summary>
internal static partial class CoreDumps
{
    private const int SetDumpable = 4;

    /// <summary>For this process; its children decide for themselves.</summary>
    public static void Forbid()
    {
        if (OperatingSystem.IsLinux()) _ = Control(SetDumpable, 0, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint second, nuint third, nuint fourth);
}
