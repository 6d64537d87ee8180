namespace BatchScoring.Training.Metrics;

/// <summary>What metrics of one output say of a single row.</summary>
internal static class RowLosses
{
    /// <summary>ln(1 + e^a) without overflow.</summary>
    public static double Softplus(double a) => a > 0 ? a + Math.Log(1 + Math.Exp(-a)) : Math.Log(1 + Math.Exp(a));

    public static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));

    public static double Logloss(double a, float y) => Softplus(a) - (y * a);

    public static double Brier(double a, float y) => Square(y - Sigmoid(a));

    public static double Hinge(double a, float y) => Math.Max(0, 1 - (y > 0.5f ? a : -a));

    public static double Squared(double a, float y) => Square(y - a);

    public static double Mape(double a, float y) => Math.Abs(y - a) / Math.Max(1, Math.Abs(y));

    public static double Msle(double a, float y) => Square(Math.Log(1 + a) - Math.Log(1 + (double)y));

    public static double Poisson(double a, float y) => Math.Exp(a) - (y * a);

    public static Func<double, float, double> Quantile(double alpha, double delta, double factor = 1) => (a, y) =>
    {
        double error = y - a;
        double far = Math.Max(0, Math.Abs(error) - delta);
        return factor * (error > 0 ? alpha : 1 - alpha) * far;
    };

    public static Func<double, float, double> Expectile(double alpha) => (a, y) =>
        Square(y - a) * Math.Abs(y - a > 0 ? alpha : 1 - alpha);

    public static Func<double, float, double> Huber(double delta) => (a, y) =>
    {
        double error = Math.Abs(y - a);
        return error < delta ? 0.5 * error * error : delta * (error - (0.5 * delta));
    };

    public static Func<double, float, double> Lq(double q) => (a, y) => Math.Pow(Math.Abs(y - a), q);

    public static Func<double, float, double> Tweedie(double power) => (a, y) =>
        (-y * Math.Exp((1 - power) * a) / (1 - power)) + (Math.Exp((2 - power) * a) / (2 - power));

    public static Func<double, float, double> Fair(double smoothness) => (a, y) =>
    {
        double share = Math.Abs(y - a) / smoothness;
        return smoothness * smoothness * (share - Math.Log(share + 1));
    };

    public static Func<double, float, double> Errors(double above) => (a, y) => Math.Abs(y - a) > above ? 1 : 0;

    public static Func<double, float, double> Focal(double alpha, double gamma) => (a, y) =>
    {
        double p = Math.Clamp(Sigmoid(a), 1e-13, 1 - 1e-13), q = y > 0.5f ? p : 1 - p;
        return -(y > 0.5f ? alpha : 1 - alpha) * Math.Pow(1 - q, gamma) * Math.Log(q);
    };

    private static double Square(double value) => value * value;
}
