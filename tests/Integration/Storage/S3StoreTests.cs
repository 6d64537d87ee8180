using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>The store contract on an S3 server that nobody here wrote.</summary>
public sealed class S3StoreTests : StoreContract
{
    protected override IObjectStore Store => field ??= ObjectStores.Open(S3Server.Require().NewRoot(), S3Server.Credentials);

    protected override int LargePart => S3Uploads.PieceBytes + 1_000_000; // more than one piece

    [SkippableFact]
    public async Task Head_CompletedPart_TellsAttemptHashAndRows()
    {
        Core.PendingPart part = await StageAsync("data/p", [1, 2, 3]);
        await Store.CompleteAsync(part, default);
        StoredObject found = (await Store.HeadAsync("data/p", default))!;
        found.Metadata[PartFacts.AttemptName].ShouldBe("00000000000000aa");
        found.Metadata[PartFacts.Sha256Name].ShouldBe(part.Sha256);
        found.Metadata[PartFacts.RowsName].ShouldBe("7");
    }
}
