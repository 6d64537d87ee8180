using BatchScoring.DuckDb;
using DuckDB.NET.Native;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckDbErrorKindTests
{
    [Theory]
    [InlineData(DuckDBErrorType.OutOfMemory, "Out of Memory Error: failed to allocate data", DuckDbErrorKind.Memory)]
    [InlineData(DuckDBErrorType.Interrupt, "INTERRUPT Error: Interrupted!", DuckDbErrorKind.Interrupt)]
    [InlineData(DuckDBErrorType.Permission, "Permission Error: not here", DuckDbErrorKind.Rights)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": Permission denied", DuckDbErrorKind.Rights)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": Read-only file system", DuckDbErrorKind.Rights)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": No such file or directory", DuckDbErrorKind.Missing)]
    [InlineData(DuckDBErrorType.Io, "IO Error: No files found that match the pattern \"/x/*\"", DuckDbErrorKind.Missing)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Could not write file \"/x\": No space left on device", DuckDbErrorKind.Disk)]
    [InlineData(DuckDBErrorType.Fatal, "FATAL Error: Could not write file \"/x\": No space left on device", DuckDbErrorKind.Disk)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Could not read from file \"/x\": Input/output error", DuckDbErrorKind.Disk)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": Too many open files", DuckDbErrorKind.Disk)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": Is a directory", DuckDbErrorKind.Disk)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Snappy decompression failure", DuckDbErrorKind.Data)]
    [InlineData(DuckDBErrorType.InvalidInput, "Invalid Input Error: No magic bytes found at end of file 'x'", DuckDbErrorKind.Data)]
    [InlineData(DuckDBErrorType.Conversion, "Conversion Error: Could not convert string 'x' to INT32", DuckDbErrorKind.Data)]
    [InlineData(DuckDBErrorType.Catalog, "Catalog Error: Table with name nowhere does not exist!", DuckDbErrorKind.Other)]
    [InlineData(DuckDBErrorType.Internal, "INTERNAL Error: Attempted to access index 1", DuckDbErrorKind.Other)]
    public void Kind_OfDuckDbsError_IsWhoseDoingItIs(DuckDBErrorType type, string text, DuckDbErrorKind expected) =>
        new DuckDbException(type, text).Kind.ShouldBe(expected);

    [Fact]
    public void Kind_LibraryMissing_IsLibrary() => new DuckDbLibraryException(["/nowhere"], "no").Kind.ShouldBe(DuckDbErrorKind.Library);
}
