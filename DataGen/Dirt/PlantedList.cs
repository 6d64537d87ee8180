using System.Globalization;

namespace BatchScoring.DataGen.Dirt;

/// <summary>Writes the list of bad rows: <c>_about/planted.csv</c>.</summary>
internal static class PlantedList
{
    /// <param name="path">The list.</param>
    /// <param name="dirt">The bad rows.</param>
    /// <param name="rowsPerFile">Rows of each data file but the last.</param>
    /// <param name="nameOf">Name of a data file by number.</param>
    /// <returns>Bad rows by code.</returns>
    public static SortedDictionary<string, long> Write(string path, DirtPlan dirt, int rowsPerFile, Func<int, string> nameOf)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("file,row,id,code,column,value");
        foreach (PlantedRow bad in dirt.Between(0, dirt.Rows))
        {
            counts[bad.Code] = counts.GetValueOrDefault(bad.Code) + 1;
            string? id = bad.Column is null ? bad.Text : (bad.Row + 1).ToString(CultureInfo.InvariantCulture);
            string? value = bad.Column is null ? id : bad.Text;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{nameOf((int)(bad.Row / rowsPerFile))},{bad.Row % rowsPerFile},{id},{bad.Code},{bad.Column?.Name ?? "id"},{Quoted(value)}"));
        }

        return counts;
    }

    private static string? Quoted(string? text) => text is not null && text.Contains(',') ? $"\"{text}\"" : text;
}
