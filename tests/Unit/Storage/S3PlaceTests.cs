using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>Case "nc-endpoint-without-scheme": what cannot be an endpoint, region or encryption is told before anything is sent.</summary>
public sealed class S3PlaceTests
{
    private static readonly StoreOptions Root = new() { Root = "s3://bank/p" };

    [Theory]
    [InlineData("127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("localhost", "http://localhost")]
    [InlineData("localhost:9000", "http://localhost:9000")]
    [InlineData("store.bank.example", "https://store.bank.example")]
    [InlineData("http://", "for example")]
    [InlineData("", "empty")]
    [InlineData(" ", "empty")]
    [InlineData("ftp://store:21", "http or https")]
    [InlineData("http://store:port", "http or https")]
    [InlineData("http://store:9000/?x=1", "more than an address")]
    public void Open_EndpointThatIsNone_IsRefusedWithWhatToWrite(string endpoint, string says)
    {
        StoreException e = Should.Throw<StoreException>(() => ObjectStores.Open(Root with { Endpoint = endpoint }));

        (e.Code, e.ExitCode).ShouldBe(("STORE_OPTION_INVALID", ExitCode.Configuration));
        e.Message.ShouldContain(says);
    }

    [Fact]
    public void Open_EndpointWithAPassword_IsRefusedWithoutShowingIt() =>
        Should.Throw<StoreException>(() =>
            ObjectStores.Open(Root with { Endpoint = "http://user:geheim@store:9000" })).Message.ShouldNotContain("geheim");

    [Theory]
    [InlineData("eu central 1")]
    [InlineData("")]
    [InlineData(" eu-central-1")]
    [InlineData("eu/central")]
    public void Open_RegionThatIsNone_IsRefused(string region) =>
        Should.Throw<StoreException>(() => ObjectStores.Open(Root with { Region = region })).Code.ShouldBe("STORE_OPTION_INVALID");

    [Theory]
    [InlineData("aes256")]
    [InlineData("")]
    [InlineData("aws:kms=")]
    [InlineData("aws:kms=a key")]
    public void Open_EncryptionThatIsNone_IsRefusedWithWhatIsAllowed(string encryption)
    {
        StoreException e = Should.Throw<StoreException>(() => ObjectStores.Open(Root with { Encryption = encryption }));

        e.Code.ShouldBe("STORE_OPTION_INVALID");
        e.Message.ShouldContain("aws:kms=KEY");
    }

    [Fact]
    public void Open_GoodOptions_KeepsThemAndNamesTheRegion()
    {
        using IObjectStore store = ObjectStores.Open(Root with
        {
            Endpoint = "https://store.bank.example:9000/s3",
            Region = "garage",
            Encryption = "aws:kms=arn:aws:kms:eu-central-1:1:key/k"
        });

        store.Options.Region.ShouldBe("garage");
        store.Options.Endpoint.ShouldBe("https://store.bank.example:9000/s3");
    }
}
