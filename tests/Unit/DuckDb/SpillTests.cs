using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DuckDb;

/// <summary>DuckDB names what it spills alike in every database: tasks side by side once read each other's rows.</summary>
public sealed class SpillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TempDirectory_OfTwoDatabases_IsNeverTheSame()
    {
        var options = new DuckOptions { TempDirectory = _folder.Path, MemoryLimitMiB = 64 };
        using var first = DuckDatabase.Open(options);
        using var second = DuckDatabase.Open(options);

        string[] places = [Place(first), Place(second)];

        places[0].ShouldNotBe(places[1]);
        places.ShouldAllBe(place => place.StartsWith(_folder.Path));
    }

    private static string Place(DuckDatabase database)
    {
        using DuckConnection connection = database.Connect();
        using DuckResult setting = connection.Query("SELECT current_setting('temp_directory')");
        return (string)setting.Rows()[0][0]!;
    }
}
