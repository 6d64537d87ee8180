using BatchScoring.DataGen.Columns;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Statistics;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class LoanTableTests(LoanTable table) : IClassFixture<LoanTable>
{
    private static readonly TableSchema Schema = SchemaMaker.Make(1);

    [Fact]
    public void Keys_OfAllFiles_CountTheRows()
    {
        table.Facts.Files.Count.ShouldBe(5);
        table.Ask<long>("count(DISTINCT id)").ShouldBe(20_000);
        table.Ask<long>("min(id)").ShouldBe(1);
        table.Ask<long>("max(id)").ShouldBe(20_000);
    }

    [Fact]
    public void Outcomes_OfAllRows_AreRareAndMostlySmall()
    {
        // 9 % of 20,000 has a standard deviation of 0.2 %.
        table.Ask<double>("avg(\"default\")").ShouldBe(0.09, 0.01);
        table.Ask<long>("count(*) FILTER ((loss > 0) <> (\"default\" = 1))").ShouldBe(0);
        table.Ask<int>("min(loss)").ShouldBe(0);
        table.Ask<int>("max(loss)").ShouldBe(100);
        table.Ask<double>("median(loss) FILTER (loss > 0)").ShouldBeInRange(2, 8);
        table.Ask<double>("avg(loss) FILTER (loss > 0)").ShouldBeInRange(6, 16);
        table.Facts.Defaults.ShouldBe(table.Ask<long>("count(*) FILTER (loss > 0)"));
    }

    [Fact]
    public void Columns_ByKind_HoldWhatTheirKindSays()
    {
        FeatureColumn[] columns = [.. Schema.Features.Where(column => column.Position % 7 == 0 || column.Kind == ColumnKind.Constant)];
        object?[] facts = table.AskAll(columns.SelectMany(column => new[]
        {
            $"count(DISTINCT {DuckSql.Identifier(column.Name)})",
            $"count(*) FILTER ({DuckSql.Identifier(column.Name)} IS NULL)",
        }));
        for (int i = 0; i < columns.Length; i++)
        {
            FeatureColumn column = columns[i];
            (long distinct, double missing) = ((long)facts[2 * i]!, (long)facts[(2 * i) + 1]! / 20_000.0);
            if (column.MissingGroup < 0) missing.ShouldBe(0, column.Name);
            else missing.ShouldBe(Schema.MissingShares[column.MissingGroup], 0.015, column.Name);
            switch (column.Kind)
            {
                case ColumnKind.Constant: distinct.ShouldBe(1, column.Name); break;
                case ColumnKind.Discrete: distinct.ShouldBeInRange(2, column.Levels, column.Name); break;
                case ColumnKind.Category: distinct.ShouldBeInRange(2, column.Categories.Length, column.Name); break;
                case ColumnKind.Continuous when column.Shape == Shape.Share: distinct.ShouldBeGreaterThan(5_000, column.Name); break;
                case ColumnKind.Continuous when column.Shape == Shape.Bell: distinct.ShouldBeGreaterThan(10_000, column.Name); break;
            }
        }
    }

    [Fact]
    public void Numbers_WithBounds_StayWithinThem()
    {
        FeatureColumn[] columns = [.. Schema.Features.Where(column => column.Bounds is not null)];
        object?[] outside = table.AskAll(columns.Select(column =>
        {
            (double least, double most) = column.Bounds!.Value;
            return FormattableString.Invariant($"count(*) FILTER ({DuckSql.Identifier(column.Name)} NOT BETWEEN {least:R} AND {most:R})");
        }));
        for (int i = 0; i < columns.Length; i++) outside[i].ShouldBe(0L, columns[i].Name);
    }

    [Fact]
    public void CopiedColumns_BellsAndShares_AreHighlyCorrelated()
    {
        FeatureColumn[][] pairs = table.Facts.CopiedColumns
            .Select(names => Schema.Features.Where(column =>
                names.Contains(column.Name) && column is { Kind: ColumnKind.Continuous, Shape: Shape.Bell or Shape.Share }).ToArray())
            .Where(columns => columns.Length > 1).ToArray();
        pairs.Length.ShouldBeGreaterThan(3);
        foreach (FeatureColumn[]? pair in pairs)
            Math.Abs(table.Ask<double>($"corr({pair[0].Name}, {pair[1].Name})")).ShouldBeGreaterThan(0.93, pair[0].Name);
    }

    /// <summary>The model as written, read back and asked about the rows as written, ranks the defaults as well as the facts say.</summary>
    [Fact]
    public void HiddenModel_ReadBack_ReachesTheStatedAuc()
    {
        var model = CatBoostModel.LoadFile(table.Model);
        var scores = new List<double>();
        var labels = new List<byte>();
        foreach (string file in table.Facts.Files)
        {
            string path = Path.Combine(table.Folder, file);
            scores.AddRange(ParquetColumns.ReadTable(path, model).Score(Evaluators.Create(model))[0]);
            using DuckResult defaults = table.Duck.Query($"SELECT \"default\" FROM read_parquet({DuckSql.Literal(path)})");
            labels.AddRange(defaults.Rows().Select(row => (byte)(int)row[0]!));
        }

        double auc = Discrimination.Auc(RankedScores.Create(scores.ToArray(), labels.ToArray()));
        auc.ShouldBe(table.Facts.BestAuc!.Value, 0.0001);
        auc.ShouldBeInRange(0.75, 0.87);
    }
}
