namespace BatchScoring.Statistics;

/// <summary>The logistic regression of the outcome on ln(p ÷ (1 − p)).</summary>
/// <param name="Intercept">0 = right on the whole; above = too few bads were promised.</param>
/// <param name="Slope">1 = right; below 1 = high probabilities are too high and low ones too low.</param>
public readonly record struct CalibrationLine(double Intercept, double Slope);
