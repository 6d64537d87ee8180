namespace BatchScoring.Tables;

/// <summary>What a cell's text is, see <see cref="NumberText"/>. A column is the greatest of its cells' kinds.</summary>
public enum TextKind
{
    /// <summary>Nothing, or a text that means so.</summary>
    Missing = 0,

    /// <summary>A whole number as programs write it: no sign but a minus, no leading zero, 18 digits at the most.</summary>
    Integer = 1,

    /// <summary>Another number.</summary>
    Number = 2,

    /// <summary>Not a number.</summary>
    Text = 3,
}
