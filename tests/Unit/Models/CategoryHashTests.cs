using System.Text;
using BatchScoring.Models;
using BatchScoring.Models.CatBoost.Evaluation;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>Values that CatBoost 1.2.10 gives.</summary>
public sealed class CategoryHashTests
{
    private const string Digits = "0123456789abcdef";

    public static TheoryData<string, ulong, int> Vectors() => new()
    {
        { "", 0x9ae16a3b2f90404f, 797982799 },
        { "a", 0x2420662cd003acfa, -805065478 },
        { "ab", 0x17f0a30ff3cc3f3e, -204718274 },
        { "abc", 0x3a912f483a4ece31, 978243121 },
        { "abcd", 0xf75a3b8a1499428d, 345588365 },
        { "abcdefgh", 0x4382a8d0fe8edb17, -24192233 },
        { "abcdefghi", 0x66c7fa4eb3fab8d1, -1275414319 },
        { Digits, 0x099d21e99dac3317, -1649659113 },
        { Digits + "g", 0x0affc467e579303a, -445042630 },
        { Digits + Digits, 0x186c0e3ffd9476f6, -40601866 },
        { Digits + Digits + "X", 0x1489c04b57bfccfd, 1472187645 },
        { new string('x', 64), 0x595501f226abcad3, 648792787 },
        { new string('x', 65), 0x490198bff7225acf, -148743473 },
        { new string('x', 128), 0x0fdb47b1442096dd, 1142986461 },
        { new string('x', 129), 0x1dad31f30e049979, 235182457 },
        { "5", 0xe002d58bb3b241e5, -1280163355 },
        { "-5", 0x99af19d3995c36ca, -1722009910 },
        { "1.0", 0x28d4c26c7fe39f9d, 2145623965 },
        { "nan", 0xc8f27faf2d5dbe59, 761118297 },
        { "Москва", 0xf936fb63da67bc76, -630735754 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Of_KnownText_IsCatBoostsHash(string text, ulong all, int low)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        CategoryHash.CityHash64(bytes).ShouldBe(all);
        CategoryHash.Of(bytes).ShouldBe(low);
    }

    [Fact]
    public void Hash_CombinationOfCategoriesAndSplits_IsCatBoostsProjection()
    {
        int[] categories = [CategoryHash.Of("a"u8), CategoryHash.Of("abc"u8)];
        float[] floats = [0.25f];
        CtrFloatSplit no = new(0, 0.5f), yes = new(0, 0.125f);

        CtrMath.Hash(new() { Categories = [0] }, floats, categories).ShouldBe(16670418538649264618);
        CtrMath.Hash(new() { Categories = [0, 1] }, floats, categories).ShouldBe(10199998783222086619);
        CtrMath.Hash(new() { Categories = [0], FloatSplits = [yes] }, floats, categories).ShouldBe(16085907277678888235);
        CtrMath.Hash(new() { Categories = [0, 1], FloatSplits = [no], OneHotSplits = [new(1, categories[1])] }, floats, categories)
            .ShouldBe(1402443464222902652UL);
    }
}
