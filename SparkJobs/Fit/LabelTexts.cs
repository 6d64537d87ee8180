using System.Text;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Collects the different texts of a label column; a text's code is its place among them.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class LabelTexts : IColumnEncoder
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public int Encode(ReadOnlySpan<byte> text)
    {
        string key = Encoding.UTF8.GetString(text);
        if (_places.TryGetValue(key, out int place)) return place;
        _places.Add(key, _texts.Count);
        _texts.Add(key);
        return _texts.Count - 1;
    }

    public void Encode(CategoryTexts texts, Span<int> codes)
    {
        for (int row = 0; row < codes.Length; row++) codes[row] = Encode(texts[row]);
    }
}
