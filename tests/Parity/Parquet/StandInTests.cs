using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>
/// Every Parquet file of the test data, from a folder and by wanted byte ranges as from S3: what can be read is the same.
/// </summary>
public sealed class StandInTests : IDisposable
{
    private const int SmallestFile = 12; // twice the mark, and a length

    private readonly TemporaryFolder _scratch = new();
    private readonly IObjectStore _folder = ObjectStores.Open(new StoreOptions { Root = Repository.Data() });
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });

    /// <summary>
    /// All but damaged ones: what DuckDB makes of a page that is shorter than promised is what lay in memory, and no two reads need agree.
    /// </summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.Data(), "*.parquet", SearchOption.AllDirectories)
            .Where(path => !IsDamaged(path) && new FileInfo(path).Length >= SmallestFile)
            .Select(file => Path.GetRelativePath(Repository.Data(), file))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Read_ByWantedBytes_SameAsFromTheFolder(string name)
    {
        string path = Repository.Data(name);
        (string[] columns, long rows) = Shape(path);
        foreach (ParquetSlice slice in new[]
        {
            new ParquetSlice(), new ParquetSlice([.. columns.Where((_, i) => i % 3 == 1)]), new ParquetSlice(columns, rows / 2, 5),
                new ParquetSlice([.. columns.Take(2)], Math.Max(0, rows - 1), 1),
        })
        {
            string remote = await StandInAsync(name, slice);
            Read(remote, slice, columns, rows).ShouldBe(Read(path, slice, columns, rows), $"{name}, {slice}");
        }
    }

    /// <summary>What S3 refused, or read otherwise than a folder.</summary>
    [Theory]
    [InlineData("p10-empty-row-group-s3", 10)]
    [InlineData("p-s3-nested-column", 1)]
    [InlineData("p6-data-page-offset-0-s3", 40)]
    public async Task Read_FooterOfAnotherWriter_IsFollowedFromS3Too(string id, long rows)
    {
        string standIn = await StandInAsync($"cases/{id}/in.parquet", new ParquetSlice());

        Query($"SELECT count(DISTINCT id) FROM {ParquetSql.Table(standIn)}").ShouldBe(rows);
    }

    private static (string[] Columns, long Rows) Shape(string path)
    {
        using FileByteSource source = new(path);
        return ParquetFile.TryOpen(source, out _) is { } file ? ([.. file.Columns.Select(column => column.Name)], file.Rows) : ([], 0);
    }

    private static bool IsDamaged(string path)
    {
        try
        {
            ParquetPages.Check(path, path, new ParquetSlice(), CancellationToken.None);
            return false;
        }
        catch (BatchScoringException)
        {
            return true;
        }
    }

    private async Task<string> StandInAsync(string name, ParquetSlice slice)
    {
        using RemoteStore remote = new(_folder);
        StoredObject found = (await _folder.HeadAsync(name, CancellationToken.None)).ShouldNotBeNull();
        return await new ParquetSource().OpenAsync(
            remote, new InputFile { Key = name, Size = found.Size, Version = found.Version }, slice, _scratch.Path, CancellationToken.None);
    }

    /// <summary>A fingerprint of the slice, or what DuckDB says against it.</summary>
    private string Read(string path, ParquetSlice slice, string[] columns, long rows)
    {
        string selected = string.Join(", ", (slice.Columns ?? columns)
            .Select(column => $"bit_xor(hash({DuckSql.Identifier(column)}, file_row_number))"));
        long last = Math.Min(rows, slice.FirstRow + Math.Min(slice.Rows, rows)) - 1;
        try
        {
            using DuckConnection connection = _database.Connect();
            using DuckResult result = connection.Query(string.Create(CultureInfo.InvariantCulture,
                $"SELECT count(*){(selected.Length > 0 ? ", " : "")}{selected} FROM {ParquetSql.NumberedTable(path)} WHERE " +
                $"file_row_number BETWEEN {slice.FirstRow} AND {last}"));
            return string.Join(' ', result.Rows()[0]);
        }
        catch (DuckDbException e)
        {
            return e.DuckText.Replace(path, "", StringComparison.Ordinal).Split('\n')[0]; // The others quote the statement.
        }
    }

    private object? Query(string sql)
    {
        using DuckConnection connection = _database.Connect();
        using DuckResult result = connection.Query(sql);
        return result.Rows()[0][0];
    }
}
