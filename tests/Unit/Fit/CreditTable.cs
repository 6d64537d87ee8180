using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>The credit card table with its columns in the order in which CatBoost's models were trained on them.</summary>
internal static class CreditTable
{
    public const string Label = "default.payment.next.month";

    public const string Categories = "SEX,EDUCATION,MARRIAGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6";

    /// <summary>True of the rows that models learn from.</summary>
    public const string Learned = "ID % 5 <> 0";

    private const string Columns = "ID, LIMIT_BAL, AGE, BILL_AMT1, BILL_AMT2, BILL_AMT3, BILL_AMT4, BILL_AMT5, BILL_AMT6, PAY_AMT1, PAY_AMT2, "
        + "PAY_AMT3, PAY_AMT4, PAY_AMT5, PAY_AMT6, SEX, EDUCATION, MARRIAGE, PAY_0, PAY_2, PAY_3, PAY_4, PAY_5, PAY_6, \"" + Label + "\"";

    /// <summary>Writes it, in the format that the file's ending says.</summary>
    public static void Write(string file, string where = "true")
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        duck.Execute($"COPY (SELECT {Columns} FROM read_csv({DuckSql.File(Repository.Data("UCI_Credit_Card.csv"))}) WHERE {where}) TO {DuckSql.Literal(file)}");
    }
}
