using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

internal sealed class ConnectionHandle : SafeHandle
{
    internal ConnectionHandle(nint pointer) : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_disconnect(ref handle);
        return true;
    }
}
