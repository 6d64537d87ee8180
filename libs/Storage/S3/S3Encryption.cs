using Amazon.S3;
using Amazon.S3.Model;

namespace BatchScoring.Storage;

/// <summary>
/// The server-side encryption that every object asks for, where a bucket's policy denies what does not: <c>AES256</c>, <c>aws:kms</c>, or
/// <c>aws:kms=KEY</c> with a key of one's own. A bucket's default encryption needs none of it.
/// </summary>
/// <param name="Method">The header's value.</param>
/// <param name="Key">The KMS key's id or ARN, or null for the account's.</param>
internal sealed record S3Encryption(ServerSideEncryptionMethod Method, string? Key)
{
    private const string WithKey = "aws:kms=";

    /// <exception cref="StoreException"><c>STORE_OPTION_INVALID</c>.</exception>
    public static S3Encryption Parse(string text) => text switch
    {
        "AES256" => new(ServerSideEncryptionMethod.AES256, null),
        "aws:kms" => new(ServerSideEncryptionMethod.AWSKMS, null),
        _ when text.StartsWith(WithKey, StringComparison.Ordinal) && text.Length > WithKey.Length && !text.Any(char.IsWhiteSpace) =>
            new(ServerSideEncryptionMethod.AWSKMS, text[WithKey.Length..]),
        _ => throw new StoreException(StorageErrors.OptionInvalid,
            $"The S3 encryption '{text}' is not known. Write AES256, aws:kms, or aws:kms=KEY with the id or ARN of a key " +
            "(--s3-encryption)."),
    };

    public void Ask(PutObjectRequest request) =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (Method, Key);

    public void Ask(InitiateMultipartUploadRequest request) =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (Method, Key);
}
