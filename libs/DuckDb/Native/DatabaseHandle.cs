using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

internal sealed class DatabaseHandle : SafeHandle
{
    internal DatabaseHandle(nint pointer) : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_close(ref handle);
        return true;
    }
}
