using System.Text.RegularExpressions;

namespace BatchScoring.Storage;

/// <summary>
/// A place that a person names: a file or folder of this machine, <c>s3://bucket/key</c>, or <c>http(s)://…</c>. The only reader of such
/// names: whatever looks like another scheme, or like a shell's short form, is refused by name and never becomes a local folder.
/// </summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Text">An absolute local path; or the address as it was given.</param>
public sealed partial record InputLocation(LocationKind Kind, string Text)
{
    /// <summary>Reads a name; nothing is looked at.</summary>
    /// <param name="text">As the person wrote it; a relative path is one of the current folder.</param>
    /// <exception cref="StoreException"><c>STORE_LOCATION_INVALID</c>, with what to write instead.</exception>
    public static InputLocation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal))
            throw Invalid(text, "it names nothing", "Name a file or folder");
        if (text == "~" || text.StartsWith("~/", StringComparison.Ordinal))
            throw Invalid(text, "~ is the home folder only for a shell, outside of quotes", $"Write $HOME{text[1..]}");
        if (Scheme().Match(text) is not { Success: true } found) return new InputLocation(LocationKind.Local, Path.GetFullPath(text));
        string rest = text[found.Length..].TrimStart('/'), scheme = found.Groups["scheme"].Value.ToLowerInvariant();
        bool isAddress = text.AsSpan(found.Length).StartsWith("//") && rest.Length > 0;
        return scheme switch
        {
            "s3" when isAddress => new InputLocation(LocationKind.S3, text),
            "http" or "https" when isAddress => Web(text),
            "s3" or "s3a" or "s3n" => throw Invalid(text, $"'{scheme}:' is not followed by what an object has", $"Write s3://{rest}"),
            "file" => throw Invalid(text, "local files are named by their path", $"Write /{rest}"),
            _ => throw Invalid(text, $"'{scheme}:' is no place that this program can reach",
                "Name a local path or s3://bucket/key; a file whose name has a colon is ./" + text),
        };
    }

    private static InputLocation Web(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Invalid(text, "it is no web address", "Write https://host/path");
        // Not shown: it is a secret.
        if (uri.UserInfo.Length > 0) throw Invalid($"{uri.Scheme}://…@{uri.Host}", "it holds a name or password",
            "Fetch the file by a program that keeps them, and name the copy");
        return new InputLocation(LocationKind.Web, text);
    }

    private static StoreException Invalid(string text, string why, string advice) =>
        new(StorageErrors.LocationInvalid, $"'{text}' cannot be used as a place: {why}. {advice}.");

    /// <summary>Two letters or more before the colon, and a slash after it.</summary>
    [GeneratedRegex("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):(?=/)", RegexOptions.ExplicitCapture)]
    private static partial Regex Scheme();
}
