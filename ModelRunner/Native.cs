using System.Runtime.InteropServices;

namespace BatchScoring.ModelRunner;

/// <summary>What .NET has no way to ask of Linux.</summary>
internal static partial class Native
{
    public const int StdOut = 1;

    private const int SetParentDeathSignal = 1;
    private const short PollError = 8;
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    /// <summary>The parent's process id.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    /// <summary>Ends the process at once: no finalizers, no native destructors that might wait for threads at work.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    /// <summary>
    /// Asks for a signal when the parent dies. Linux means the parent's <em>thread</em> that started us, which a thread pool may end at any
    /// time: so the signal is only a reason to look at once, never to end.
    /// </summary>
    public static void SignalOnParentDeath(int signal) => _ = Prctl(SetParentDeathSignal, (nuint)signal, 0, 0, 0);

    /// <summary>Whether nobody can read any more what is written to the descriptor.</summary>
    public static unsafe bool IsClosed(int descriptor)
    {
        PollRequest request = new() { Descriptor = descriptor };
        return Poll(&request, 1, 0) > 0 && (request.Found & PollError) != 0;
    }

    /// <summary>Writes everything. .NET's console stream takes a closed pipe for success; this does not.</summary>
    /// <returns>0, or the error's number.</returns>
    public static unsafe int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                nint written = Write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (written > 0) done += written;
                else if (Marshal.GetLastPInvokeError() is var error && error != Interrupted && error != TryAgain) return error;
            }
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
