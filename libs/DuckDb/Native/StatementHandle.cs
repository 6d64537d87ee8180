using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

internal sealed class StatementHandle : SafeHandle
{
    internal StatementHandle(nint pointer) : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_prepare(ref handle);
        return true;
    }
}
