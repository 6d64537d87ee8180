using System.Globalization;

namespace BatchScoring.Tests.Testing;

/// <summary>6,000 real rows with CatBoost's own raw scores.</summary>
public static class CreditScores
{
    public static (double[] Raw, byte[] Labels) Read()
    {
        string[][] rows = [.. File.ReadLines(Repository.Data("statistics", "credit-scores.csv")).Skip(1).Select(l => l.Split(','))];
        return (
            [.. rows.Select(r => double.Parse(r[1], CultureInfo.InvariantCulture))],
            [.. rows.Select(r => byte.Parse(r[2], CultureInfo.InvariantCulture))]);
    }

    public static double Probability(double raw) => 1 / (1 + Math.Exp(-raw));
}
