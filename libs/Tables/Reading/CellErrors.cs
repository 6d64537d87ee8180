using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>What can be wrong with a cell where no row may be set aside.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class CellErrors
{
    public static ErrorCode NumberUnreadable { get; } = new(DefectCodes.NumberUnreadable, ExitCode.InputUnusable,
        "A cell of a numeric column is no number. Correct it, or leave it empty where the value is missing.");

    public static ErrorCode CategoryNull { get; } = new(DefectCodes.CategoryNull, ExitCode.InputUnusable,
        "A category is missing, and a model knows texts only. Give missing categories the text that they had in training.");

    public static ErrorCode CategoryFractional { get; } = new(DefectCodes.CategoryFractional, ExitCode.InputUnusable,
        "A category is a fractional number. Convert the column to text as in training.");

    public static ErrorCode CategoryFloating { get; } = new(DefectCodes.CategoryFloating, ExitCode.InputUnusable,
        "A category is a whole number in a column of floating-point numbers, whose text nobody knows. Convert the column to "
        + "text or whole numbers.");

    /// <summary>The code of a cell that a model cannot take.</summary>
    /// <param name="defect">The cell.</param>
    public static ErrorCode Of(CellDefect defect) => defect.Code switch
    {
        DefectCodes.NumberUnreadable => NumberUnreadable,
        DefectCodes.CategoryNull => CategoryNull,
        DefectCodes.CategoryFractional => CategoryFractional,
        _ => CategoryFloating,
    };
}
