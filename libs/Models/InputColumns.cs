namespace BatchScoring.Models;

/// <summary>Which column of a table is which input of a model: one rule for every way in. Pure functions, thread safe.</summary>
public static class InputColumns
{
    /// <summary>
    /// Finds the inputs' columns. By name, letter by letter; an input without a name among named ones is the column that is called by its
    /// position, else the column without a name at that position (the index that pandas writes). By position, if the model has no names.
    /// </summary>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="byPosition">True for a model without names.</param>
    /// <param name="columns">The table's columns in their order, without the key; where a name comes twice the first counts.</param>
    /// <returns>For every input the place of its column in <paramref name="columns"/>; -1 where there is none.</returns>
    public static int[] Find(IReadOnlyList<ModelInput> inputs, bool byPosition, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(columns);
        if (byPosition) return [.. inputs.Select(input => input.Position < columns.Count ? input.Position : -1)];
        var places = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++) places.TryAdd(columns[i], i);
        return [.. inputs.Select(input => places.TryGetValue(input.Name, out int place) ? place : FindNameless(input, columns))];
    }

    private static int FindNameless(ModelInput input, IReadOnlyList<string> columns) =>
        !input.IsNamed && input.Position < columns.Count && columns[input.Position].Length == 0 ? input.Position : -1;
}
