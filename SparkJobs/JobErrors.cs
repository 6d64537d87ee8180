using BatchScoring.Core;

namespace BatchScoring.SparkJobs;

/// <summary>What can be wrong with what a job is asked for, or with what it finds.</summary>
internal static class JobErrors
{
    public static ErrorCode RootMissing { get; } = new("ROOT_MISSING", ExitCode.Usage,
        "No root is given. Say `--root` or set `BATCHSCORING_ROOT`.");

    public static ErrorCode RootNotFound { get; } = new("ROOT_NOT_FOUND", ExitCode.Configuration,
        "The root is not there, or holds neither `layout.json` nor a dataset. Correct it, or prepare it by `layout init`.");

    public static ErrorCode RevisionGap { get; } = new("REVISION_GAP", ExitCode.Usage,
        "A revision was asked for while the one before it is not there. The text names the next.");

    public static ErrorCode HeldNoRows { get; } = new("HELD_NO_ROWS", ExitCode.Held,
        "No row of the date has a score: there was none, or all were set aside. Nothing was published; look whether the delivery is "
        + "complete, then correct it or say `--release REASON`.");

    public static ErrorCode HeldValuesMissing { get; } = new("HELD_VALUES_MISSING", ExitCode.Held,
        "A feature's values are missing in more rows than the model's contract allows. Nothing was published; look whether the column "
        + "was delivered, then correct it or say `--release REASON`.");

    public static ErrorCode PredictUsage { get; } = new("PREDICT_USAGE", ExitCode.Usage,
        "`predict` was given options that do not go together.");

    public static ErrorCode ImportanceUsage { get; } = new("IMPORTANCE_USAGE", ExitCode.Usage,
        "`importance` was given options that do not go together, or no rows.");

    public static ErrorCode LabelUnknown { get; } = new("LABEL_UNKNOWN", ExitCode.InputUnusable,
        "A label is missing, or none that the model knows. The text names the row and what is allowed.");

    public static ErrorCode KeyMissing { get; } = new("KEY_MISSING", ExitCode.Usage,
        "The input names no key column. Say `--key COLUMN`.");

    public static ErrorCode ReasonMissing { get; } = new("REASON_MISSING", ExitCode.Usage,
        "A further revision needs `--reason TEXT`.");

    public static ErrorCode OutputFormat { get; } = new("OUTPUT_FORMAT", ExitCode.Usage,
        "The output's name says no format that can be written. Use .csv or .parquet, for `collect` also .xlsx, for `report` .html.");

    public static ErrorCode SpreadsheetLimit { get; } = new("SPREADSHEET_LIMIT", ExitCode.InputUnusable,
        "A workbook cannot hold this: too many rows, columns, or letters in a cell. Nothing was written; use .csv or .parquet.");

    public static ErrorCode OutputExists { get; } = new("OUTPUT_EXISTS", ExitCode.Usage,
        "The output stands there already, with another content. Name another one, or replace it with `--overwrite`.");

    public static ErrorCode OutputIsInput { get; } = new("OUTPUT_IS_INPUT", ExitCode.Usage,
        "The output would replace what is read, or lie among published datasets. Name another file.");

    public static ErrorCode NothingSetAside { get; } = new("NOTHING_SET_ASIDE", ExitCode.Usage,
        "The run has set no rows aside, or is not there. `quarantine list` names those that have.");

    public static ErrorCode OutputFailed { get; } = new("OUTPUT_FAILED", ExitCode.Io,
        "The output cannot be written. Look whether its folder exists and its disk has room.");

    public static ErrorCode OutputForbidden { get; } = new("OUTPUT_FORBIDDEN", ExitCode.NotAllowed,
        "The output may not be written there.");

    public static ErrorCode OutputFolderMissing { get; } = new("OUTPUT_FOLDER_MISSING", ExitCode.Io,
        "The folder of the output does not exist. Make it.");

    public static ErrorCode ImportFileNotFound { get; } = new("IMPORT_FILE_NOT_FOUND", ExitCode.InputUnusable,
        "There is no such file or folder to import, or the folder holds no data file.");

    public static ErrorCode ImportFileTwice { get; } = new("IMPORT_FILE_TWICE", ExitCode.Usage,
        "A file is named twice, by itself or by its folder. Name it once.");

    public static ErrorCode ImportFormatsMixed { get; } = new("IMPORT_FORMATS_MIXED", ExitCode.InputUnusable,
        "Some files are Parquet and others are not; the content tells, not the ending. Import one format at a time.");

    public static ErrorCode ImportUnreadable { get; } = new("IMPORT_UNREADABLE", ExitCode.InputUnusable,
        "A file to import is no readable CSV or Parquet: rows of different lengths, another encoding than UTF-8, a broken file.");

    public static ErrorCode ImportHeadersDiffer { get; } = new("IMPORT_HEADERS_DIFFER", ExitCode.InputUnusable,
        "Files that are imported together do not have the same columns; their order does not matter.");

    public static ErrorCode ImportTypesDiffer { get; } = new("IMPORT_TYPES_DIFFER", ExitCode.InputUnusable,
        "A column has other types in other files, and none of them holds all values unchanged. Deliver one of the files again.");

    public static ErrorCode ImportNamesClash { get; } = new("IMPORT_NAMES_CLASH", ExitCode.InputUnusable,
        "Two columns have the same name but for upper and lower case, or the very same. Rename one.");

    public static ErrorCode LabelNotNumeric { get; } = new("LABEL_NOT_NUMERIC", ExitCode.InputUnusable,
        "The label holds a text, and the model has one output, so its outcome is a number. Write it as one; of two classes, 0 and 1.");

    public static ErrorCode ImportColumnReserved { get; } = new("IMPORT_COLUMN_RESERVED", ExitCode.InputUnusable,
        "A column has a name that import needs for itself (`file_row_number`). Rename it.");

    public static ErrorCode ImportEmpty { get; } = new("IMPORT_EMPTY", ExitCode.InputUnusable,
        "The table has no rows, or none of them goes to test/. Nothing was imported and the root stays free.");

    public static ErrorCode ColumnsMissing { get; } = new("COLUMNS_MISSING", ExitCode.InputUnusable,
        "Columns that import needs (key, label, features of the model) are not there; all are named at once.");

    public static ErrorCode SchemaMismatch { get; } = new("SCHEMA_MISMATCH", ExitCode.InputUnusable,
        "The input's columns do not fit the model: missing, renamed or of another type; all are named at once.");

    public static ErrorCode ContractNotFound { get; } = new("CONTRACT_NOT_FOUND", ExitCode.InputUnusable,
        "There is no such contract file.");

    public static ErrorCode ContractUnreadable { get; } = new("CONTRACT_UNREADABLE", ExitCode.InputUnusable,
        "A contract file is not the JSON that is expected; the text shows how it must look.");

    public static ErrorCode ContractUnknownFeature { get; } = new("CONTRACT_UNKNOWN_FEATURE", ExitCode.InputUnusable,
        "A contract has rules for features that the model does not use.");

    public static ErrorCode TrainEmpty { get; } = new("TRAIN_EMPTY", ExitCode.InputUnusable,
        "train/ of the root holds no rows, so there is nothing to suggest a contract from.");

    public static ErrorCode SampleTooEarly { get; } = new("SAMPLE_TOO_EARLY", ExitCode.Usage,
        "The date lies before the pool's first date.");

    public static ErrorCode SamplePoolSpent { get; } = new("SAMPLE_POOL_SPENT", ExitCode.InputUnusable,
        "Every row of the pool has been drawn. Import new cases into a new root.");

    public static ErrorCode LabelMissing { get; } = new("LABEL_MISSING", ExitCode.InputUnusable,
        "The pool has no label column, so nothing can be evaluated. Import with `--label`.");

    public static ErrorCode LabelNotBinary { get; } = new("LABEL_NOT_BINARY", ExitCode.InputUnusable,
        "The label holds something else than 0 and 1.");

    public static ErrorCode OutcomesMissing { get; } = new("OUTCOMES_MISSING", ExitCode.TryLater,
        "No scored row has a known outcome yet.", RetryHelps: true);

    public static ErrorCode ScoresEmpty { get; } = new("SCORES_EMPTY", ExitCode.InputUnusable,
        "The scores hold no rows, so there is nothing to compare with outcomes.");

    public static ErrorCode ScoreNotBinary { get; } = new("SCORE_NOT_BINARY", ExitCode.InputUnusable,
        "The scores have a column per class; evaluation compares one probability with a 0/1 outcome.");

    public static ErrorCode PolicyInvalid { get; } = new("POLICY_INVALID", ExitCode.Configuration,
        "`artifacts/policy.json` cannot be used. The text says why; its form: [the policy](../user/policy.md).");

    public static ErrorCode PartDamaged { get; } = new("PART_DAMAGED", ExitCode.InputUnusable,
        "A part is not what its manifest promises. Nothing was collected; see `verify`.");
}
