using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text.Json;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Dirt;
using BatchScoring.DataGen.Labels;

namespace BatchScoring.DataGen.Output;

/// <summary>Makes a table: its model, its files, and what is known of them.</summary>
internal static class Generator
{
    /// <summary>Makes the table, or finds that it is there.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="path">The folder.</param>
    /// <param name="threads">Files to make at the same time.</param>
    /// <param name="progress">Is told of rows done, by several threads.</param>
    /// <param name="cancellation">Leaves an unfinished folder, which the next call begins anew.</param>
    /// <returns>What the table is, and whether it was there already.</returns>
    public static (GenerationFacts Facts, bool WasThere) Run(
        GenerationRequest request, string path, int threads, Action<int> progress, CancellationToken cancellation)
    {
        var folder = new OutputFolder(path, request);
        if (folder.Open() is { } there) return (there, true);

        TableSchema schema = SchemaMaker.Make(request.Seed);
        HiddenModel hidden = HiddenModelMaker.Make(schema);
        byte[] model = hidden.Model.ToCbm();
        File.WriteAllBytes(folder.Model, model);
        File.WriteAllBytes(folder.Contract, JsonSerializer.SerializeToUtf8Bytes(Contract.Of(hidden.Columns), DataGenJson.Default.Contract));
        TableFormat format = Enum.Parse<TableFormat>(request.Format, ignoreCase: true);
        var dirt = new DirtPlan(schema, hidden.Columns, request.Rows, request.Dirt, emptyIsNull: format == TableFormat.Parquet);
        SortedDictionary<string, long> planted =
            PlantedList.Write(folder.Planted, dirt, request.RowsPerFile, number => Path.GetFileName(folder.DataFile(number)));

        int files = (int)((request.Rows + request.RowsPerFile - 1) / request.RowsPerFile);
        long bytes = 0L;
        var auc = new BestAuc();
        var idle = new ConcurrentBag<FileMaker>();
        var total = new Lock();
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, files, parallel, number =>
            {
                if (!idle.TryTake(out FileMaker? maker)) maker = new FileMaker(schema, hidden.Model, dirt, format);
                long first = (long)number * request.RowsPerFile;
                FileOutcome outcome = maker.Make(first, (int)Math.Min(request.RowsPerFile, request.Rows - first), folder.DataFile(number),
                    progress, cancellation);
                idle.Add(maker);
                lock (total)
                {
                    bytes += outcome.Bytes;
                    auc.Add(outcome.Auc);
                }
            });
        }
        catch (AggregateException e)
        {
            // What one file's maker says is the answer; the others stopped because of it.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        finally
        {
            foreach (FileMaker maker in idle) maker.Dispose();
        }

        GenerationFacts facts = Describe(request, schema, planted) with
        {
            Files = [.. Enumerable.Range(0, files).Select(number => Path.GetFileName(folder.DataFile(number)))],
            Bytes = bytes,
            Defaults = auc.Defaults,
            BestAuc = auc.Value(),
            ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(model)),
        };
        folder.Seal(facts);
        return (facts, false);
    }

    private static GenerationFacts Describe(GenerationRequest request, TableSchema schema, IReadOnlyDictionary<string, long> planted) =>
        new()
        {
            Request = request,
            Columns = schema.Features.Length + 3,
            Files = [],
            Bytes = 0,
            Defaults = 0,
            BestAuc = null,
            ModelSha256 = "",
            ConstantColumns = [.. schema.Features.Where(column => column.Kind == ColumnKind.Constant).Select(column => column.Name)],
            CategoryColumns = [.. schema.Features.Where(column => column.IsCategory).Select(column => column.Name)],
            CopiedColumns =
        [
            .. schema.Features.Where(column => column.Kind is ColumnKind.Discrete or ColumnKind.Continuous && column.Likeness >= 0.99)
                .GroupBy(column => column.Group).Where(group => group.Count() > 1)
                .Select(IReadOnlyList<string> (group) => [.. group.Select(column => column.Name)]),
        ],
            Planted = planted,
        };
}
