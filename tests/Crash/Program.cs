using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Crash;
using BatchScoring.Tests.Testing;

// Stages and publishes as a run does. Arguments: root, S3 endpoint or "", attempt, a local folder, parts, n. On a folder the process kills
// itself before its n-th change of the disk (0: never); on S3 the test's proxy kills it.
StoreOptions options = new() { Root = args[0], Endpoint = args[1].Length == 0 ? null : args[1], PathStyle = true };
using IObjectStore store = options.Endpoint is null
    ? new FolderStore(options, new KillingDisk(int.Parse(args[5])))
    : ObjectStores.Open(options, S3Server.Credentials);
Manifest manifest = await new PublishWorld(store, args[3]).PrepareAsync(args[2], parts: int.Parse(args[4]));
PublishResult result = await new Publisher(store).PublishAsync(new PublishRequest(manifest, []), CancellationToken.None);
return result.Outcome == PublishOutcome.Won ? 0 : 1;
