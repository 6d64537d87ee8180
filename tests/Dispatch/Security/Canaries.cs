using System.Security.Cryptography;
using System.Text;

namespace BatchScoring.Tests.Dispatch.Security;

/// <summary>Secrets that stand nowhere else in the world, each for one place where a secret comes in.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    public IEnumerable<string> Places => _secrets.Keys;

    /// <summary>The secret of a place; made when it is first asked for.</summary>
    public string this[string place]
    {
        get
        {
            if (!_secrets.ContainsKey(place)) _secrets[place] = "canary" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
            return _secrets[place];
        }
        set => _secrets[place] = value;
    }

    /// <summary>Places whose secrets a text holds, as it is or as Base64 of it with something before it.</summary>
    public string[] In(string text) => [.. _secrets.Where(pair => Forms(pair.Value).Any(form => text.Contains(form, StringComparison.Ordinal)))
        .Select(pair => pair.Key)];

    public string[] In(byte[] bytes) => In(Encoding.Latin1.GetString(bytes));

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        for (int before = 0; before < 3; before++)
        {
            // The first and the last group hold bits of the neighbours.
            string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + secret));
            yield return base64[4..^4];
        }
    }
}
