using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Datasets;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>The bucket policies grant what libs/Storage asks for, and nothing else.</summary>
public sealed partial class BucketRulesTests
{
    /// <summary>The right that each request needs (Amazon S3 User Guide, "Required permissions for Amazon S3 API operations").</summary>
    private static readonly Dictionary<string, string> RightFor = new(StringComparer.Ordinal)
    {
        ["ListObjectsV2"] = "s3:ListBucket",
        ["ListMultipartUploads"] = "s3:ListBucketMultipartUploads",
        ["GetObject"] = "s3:GetObject",
        ["GetObjectMetadata"] = "s3:GetObject",
        ["GetPreSignedUrl"] = "s3:GetObject", // nothing is sent; who uses the address reads by its maker's right
        ["PutObject"] = "s3:PutObject",
        ["InitiateMultipartUpload"] = "s3:PutObject",
        ["UploadPart"] = "s3:PutObject",
        ["CopyPart"] = "s3:PutObject",
        ["CompleteMultipartUpload"] = "s3:PutObject",
        ["AbortMultipartUpload"] = "s3:AbortMultipartUpload",
        ["ListParts"] = "s3:ListMultipartUploadParts",
        ["DeleteObject"] = "s3:DeleteObject",
    };

    [SkippableFact]
    public void WriterPolicy_GrantsExactlyWhatTheStoreAsksFor()
    {
        string folder = Path.Combine(Repository.Root, "libs", "Storage", "S3");
        Skip.IfNot(Directory.Exists(folder), "libs/Storage has no S3 store yet");
        string[] requests =
        [
            .. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).SelectMany(f => Request().Matches(File.ReadAllText(f)))
                .Select(m => m.Groups["name"].Value).Distinct(),
        ];
        requests.ShouldContain("CompleteMultipartUpload");
        requests.ShouldBeSubsetOf(RightFor.Keys);
        Actions("writer-policy.json").Order().ShouldBe(requests.Select(r => RightFor[r]).Distinct().Order());
    }

    [Fact]
    public void Policies_NeverAllowMoreThanTheirPart()
    {
        Actions("reader-policy.json").Order().ShouldBe(["s3:GetObject", "s3:ListBucket"]);
        Actions("retire-policy.json").Order().ShouldBe(["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
        foreach (string file in new[] { "writer-policy.json", "reader-policy.json", "retire-policy.json" })
        {
            foreach (JsonNode statement in Statements(file))
            {
                ((string)statement["Resource"]!).ShouldStartWith("arn:aws:s3:::BUCKET");
                bool onBucket = (string)statement["Resource"]! == "arn:aws:s3:::BUCKET";
                (statement["Condition"] is not null)
                    .ShouldBe(onBucket); // a listing is bound to the prefix by a condition, all else by its resource
                ((string)statement["Effect"]!).ShouldBe("Allow");
            }
        }
        MayBeRemoved("writer-policy.json")
            .ShouldBe(["arn:aws:s3:::BUCKET/PREFIX/artifacts/probes/*", "arn:aws:s3:::BUCKET/PREFIX/artifacts/submissions/*"]);
        MayBeRemoved("retire-policy.json").ShouldBe(["arn:aws:s3:::BUCKET/PREFIX/test_sample_inference/run_date=*/revision=*/part-*"]);

        static IEnumerable<string> MayBeRemoved(string file) => Statements(file)
            .Where(s => s["Action"]!.AsArray().Any(a => (string)a! == "s3:DeleteObject")).Select(s => (string)s["Resource"]!);
    }

    [Fact]
    public void Lifecycle_AbortsUploadsAsLateAsCleanDoes()
    {
        JsonArray rules = LayoutFileTests.Read("lifecycle.json")["Rules"]!.AsArray();
        JsonNode abort = rules.Single(r => r!["AbortIncompleteMultipartUpload"] is not null)!;
        ((int)abort["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]!).ShouldBe((int)PendingCleaner.DefaultRetention.TotalDays);
        rules.Where(r => r!["Expiration"] is not null).Select(r => (string)r!["Filter"]!["Prefix"]!)
            .ShouldBe(["PREFIX/artifacts/probes/", "PREFIX/artifacts/submissions/"]);
    }

    private static IEnumerable<JsonNode> Statements(string file) => LayoutFileTests.Read(file)["Statement"]!.AsArray()!;

    private static IEnumerable<string> Actions(string file) =>
        Statements(file).SelectMany(s => s["Action"]!.AsArray()).Select(a => (string)a!).Distinct();

    [GeneratedRegex(@"\b(?<name>[A-Z][A-Za-z0-9]+)Request\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Request();
}
