using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Tests.Unit.Core;

public sealed class RowHasherTests
{
    [Fact]
    public void Row_KnownValues_KeepsItsTestVectors()
    {
        var hasher = new RowHasher();
        hasher.Begin(2);
        hasher.AddInteger<long>(RowHasher.NameSeed("id"), [1, -1], []);
        hasher.Add(RowHasher.NameSeed("score"), [0.25, -0.0], []);
        hasher.AddText(0, RowHasher.NameSeed("note"), Encoding.UTF8.GetBytes("überprüft"));
        hasher.AddNull(1, RowHasher.NameSeed("note"));

        hasher.Row(0).ToString("x32").ShouldBe("0c22cce59baede4f75735285530e6309");
        hasher.Row(1).ToString("x32").ShouldBe("7a28030bdbbe64e3de562424e39d4ae2");
    }

    [Fact]
    public void Row_AnyCellChanged_Differs()
    {
        UInt128[] hashes =
        [
            One(h => h.AddNull(0, RowHasher.NameSeed("a"))),
            One(h => h.AddText(0, RowHasher.NameSeed("a"), [])),
            One(h => h.AddText(0, RowHasher.NameSeed("a"), [0])),
            One(h => h.AddText(0, RowHasher.NameSeed("a"), [0, 0])),
            One(h => h.AddText(0, RowHasher.NameSeed("b"), [])),
            One(h => h.AddInteger<int>(RowHasher.NameSeed("a"), [0], [])),
            One(h => h.AddInteger<long>(RowHasher.NameSeed("a"), [0], [])),
            One(h => h.Add(RowHasher.NameSeed("a"), [-0.0], [])),
            One(h => h.Add(RowHasher.NameSeed("a"), [double.NaN], [])),
        ];

        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }

    [Fact]
    public void Row_NaNWithAnotherPayload_IsTheSameNaN() =>
        One(h => h.Add(RowHasher.NameSeed("a"), [BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_1234)], []))
            .ShouldBe(One(h => h.Add(RowHasher.NameSeed("a"), [double.NaN], [])));

    [Fact]
    public void Sum_RowsInAnyOrderAndCut_IsTheSame()
    {
        UInt128[] rows = Enumerable.Range(0, 200).Select(i => One(h => h.AddInteger<int>(RowHasher.NameSeed("a"), [i], []))).ToArray();
        ContentHash whole = Total(rows);
        ContentHash parts = Total(rows[120..]) + Total(rows[..120].Reverse());

        parts.ShouldBe(whole);
        ContentHash.Parse(whole.ToString()).ShouldBe(whole);
    }

    private static ContentHash Total(IEnumerable<UInt128> rows) =>
        rows.Aggregate(default(ContentHash), (sum, row) => sum + new ContentHash(row, 1));

    private static UInt128 One(Action<RowHasher> add)
    {
        var hasher = new RowHasher();
        hasher.Begin(1);
        add(hasher);
        return hasher.Row(0);
    }
}
