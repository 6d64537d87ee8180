using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>The columns of the table, in order, without those that come from folders. A column may come; none changes its type.</summary>
/// <param name="Columns">Name and Delta's type of each.</param>
internal sealed record DeltaSchema(IReadOnlyList<(string Name, string Type)> Columns)
{
    /// <summary>Names and texts as they are: nothing here is put into HTML.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schemaString of a metaData action.</summary>
    public string Text { get; } = ToText(Columns);

    /// <summary>Two schemas are the same where these are.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..16];

    /// <summary>The columns of a revision.</summary>
    /// <exception cref="DatasetException"><c>COLUMN_TYPE_REFUSED</c>.</exception>
    public static DeltaSchema Of(string folder, IReadOnlyList<DatasetColumn> columns) => Problem(folder, columns) is { } problem
        ? throw new DatasetException(DatasetErrors.ColumnTypeRefused, problem)
        : new DeltaSchema([.. columns.Select(column => (column.Name, DeltaTypes.Of(column.Type)!))]);

    /// <summary>Whether a log can show a revision.</summary>
    public static bool Fits(ManifestFile manifest) => Problem(manifest.Manifest.Folder, manifest.Manifest.Columns) is null;

    /// <summary>Why a log cannot show these columns, or null.</summary>
    public static string? Problem(string folder, IReadOnlyList<DatasetColumn> columns)
    {
        HashSet<string> names = new(DeltaTypes.Partitions.Select(partition => partition.Name), StringComparer.OrdinalIgnoreCase);
        foreach (DatasetColumn column in columns)
        {
            if (!names.Add(column.Name))
            {
                return $"The column name '{column.Name}' of '{folder}' is there twice, or taken: readers of a Delta table do not tell upper "
                    + "from lower case, and run_date and revision come from the folders. Rename it, or leave it out.";
            }

            if (DeltaTypes.Of(column.Type) is null)
            {
                return $"The column '{column.Name}' of '{folder}' is a {column.Type}; not every reader of a Delta table takes that. Cast it, "
                    + "or leave it out.";
            }
        }

        return null;
    }

    /// <summary>This schema with the columns that another has besides.</summary>
    /// <exception cref="DatasetException"><c>COLUMN_TYPE_CHANGED</c>.</exception>
    public DeltaSchema With(DeltaSchema other, string folder)
    {
        List<(string Name, string Type)> columns = [.. Columns];
        foreach ((string name, string type) in other.Columns)
        {
            int at = columns.FindIndex(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
            if (at < 0) columns.Add((name, type));
            else if (columns[at] != (name, type)) throw Changed(columns[at], (name, type), folder);
        }

        return columns.Count == Columns.Count ? this : new DeltaSchema(columns);
    }

    /// <summary>Reads a schemaString of ours.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DeltaSchema Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return new DeltaSchema([.. document.RootElement.GetProperty("fields").EnumerateArray()
            .Select(field => (field.GetProperty("name").GetString()!, field.GetProperty("type").ToString()))
            .Where(field => !DeltaTypes.Partitions.Contains(field))]);
    }

    private static DatasetException Changed((string Name, string Type) known, (string Name, string Type) found, string folder) => new(
        DatasetErrors.ColumnTypeChanged,
        $"In '{folder}' the column '{found.Name}' is {found.Type}; in the dates before it is '{known.Name}', {known.Type}. A column of "
        + "published scores keeps its name and type, since readers of all dates would take one for the other.");

    private static string ToText(IReadOnlyList<(string Name, string Type)> columns)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Writing))
        {
            json.WriteStartObject();
            json.WriteString("type", "struct");
            json.WriteStartArray("fields");
            foreach ((string name, string type) in columns.Concat(DeltaTypes.Partitions))
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("type", type);
                // Our parts say of every column that it may be null.
                json.WriteBoolean("nullable", true);
                json.WriteStartObject("metadata");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
