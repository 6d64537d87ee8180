using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

internal sealed class AppenderHandle : SafeHandle
{
    internal AppenderHandle(nint pointer) : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_appender_destroy(ref handle);
        return true;
    }
}
