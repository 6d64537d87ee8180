using System.Collections.Immutable;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Reads the part <c>static_provider_v1</c>: one FlatBuffer per CTR table.</summary>
internal static class CbmCtrTables
{
    public static ImmutableArray<CtrTable> Read(ref CbmContainer container, CbmFeatures features, LoadBudget budget)
    {
        long place = container.Position;
        long count = container.Size();
        ImmutableArray<CtrTable>.Builder tables = ImmutableArray.CreateBuilder<CtrTable>();
        for (long i = 0L; i < count; i++)
        {
            if (container.AtEnd) Fault.Corrupt($"{count} CTR tables are announced, the file ends after {i}", place);
            ReadOnlySpan<byte> block = container.Block();
            budget.Charge(256);
            tables.Add(ReadTable(new FlatBuffer(block, container.Position - block.Length, budget).Root(), features));
        }

        return tables.ToImmutable();
    }

    private static CtrTable ReadTable(FlatTable table, CbmFeatures features)
    {
        CheckRows(table, field: 1, rowLength: 12, "slots");
        CheckRows(table, field: 2, rowLength: 4, "cells");
        return new CtrTable
        {
            Key = features.ReadKey(table.Table(0)),
            Buckets = table.BytesAs<CtrBucket>(1),
            Cells = table.BytesAs<int>(2),
            CounterDenominator = table.Int32(3),
            TargetClassCount = table.Int32(4),
        };
    }

    private static void CheckRows(FlatTable table, int field, int rowLength, string what)
    {
        int length = table.Values<byte>(field).Length;
        if (length % rowLength != 0) Fault.Corrupt($"{length} bytes of {what} are not a multiple of {rowLength}", table.FileOffset);
    }
}
