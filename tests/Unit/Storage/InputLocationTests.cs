using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>Case "nc-mistyped-root": names of places are read in one way, and none becomes a folder by accident.</summary>
public sealed class InputLocationTests
{
    [Theory]
    [InlineData("/data/bank", LocationKind.Local)]
    [InlineData("bank", LocationKind.Local)]
    [InlineData("./a:b/c", LocationKind.Local)]
    [InlineData("a:b.csv", LocationKind.Local)]
    [InlineData("x=1/~/rows.csv", LocationKind.Local)]
    [InlineData("~backup/rows.csv", LocationKind.Local)]
    [InlineData("s3://bank/rows.parquet", LocationKind.S3)]
    [InlineData("S3://bank/p", LocationKind.S3)]
    [InlineData("https://host/rows.csv", LocationKind.Web)]
    [InlineData("http://127.0.0.1:8080/m.cbm", LocationKind.Web)]
    public void Parse_APlace_IsOfItsKind(string text, LocationKind kind)
    {
        var place = InputLocation.Parse(text);

        place.Kind.ShouldBe(kind);
        place.Text.ShouldBe(kind == LocationKind.Local ? Path.GetFullPath(text) : text);
    }

    [Theory]
    [InlineData("gs://bank/rows.parquet", "gs:")]
    [InlineData("abfss://c@account.dfs.core.windows.net/x", "abfss:")]
    [InlineData("hdfs:///user/bank", "hdfs:")]
    [InlineData("file:///data/rows.csv", "/data/rows.csv")]
    [InlineData("file:/data/rows.csv", "/data/rows.csv")]
    [InlineData("s3a://bank/x", "s3://bank/x")]
    [InlineData("s3:/bank/x", "s3://bank/x")]
    [InlineData("s3://", "s3:")]
    [InlineData("~/bank", "$HOME/bank")]
    [InlineData("~", "$HOME")]
    [InlineData("", "names nothing")]
    [InlineData("  ", "names nothing")]
    [InlineData("https:/host/x", "https:")]
    public void Parse_NoPlace_IsRefusedWithWhatToWrite(string text, string says)
    {
        StoreException e = Should.Throw<StoreException>(() => InputLocation.Parse(text));

        (e.Code, e.ExitCode).ShouldBe(("STORE_LOCATION_INVALID", ExitCode.Usage));
        e.Message.ShouldContain(says);
    }

    [Fact]
    public void Parse_AddressWithAPassword_IsRefusedWithoutShowingIt() =>
        Should.Throw<StoreException>(() => InputLocation.Parse("https://user:geheim@host/rows.csv")).Message.ShouldNotContain("geheim");
}
