using System.Diagnostics;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>A tiny tmpfs, where this user may mount one.</summary>
internal static class SmallFileSystem
{
    public static bool TryMount(string path, int bytes, out string why)
    {
        Directory.CreateDirectory(path);
        why = "this user may not mount a tmpfs; the same fault is injected in the test beside this one";
        return Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={bytes}"), "tmpfs", path);
    }

    public static void Unmount(string path) => Run("umount", path);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
