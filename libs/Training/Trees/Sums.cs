namespace BatchScoring.Training.Trees;

/// <summary>Sums over rows: derivatives and weights.</summary>
internal readonly record struct Sums(double Derivative, double Weight)
{
    public static Sums operator +(Sums a, Sums b) => new(a.Derivative + b.Derivative, a.Weight + b.Weight);

    public static Sums operator -(Sums a, Sums b) => new(a.Derivative - b.Derivative, a.Weight - b.Weight);

    /// <summary>The value that a leaf of these rows would get.</summary>
    public double Average(double lambda) => Weight > 0 ? Derivative * (1 / (Weight + lambda)) : 0;
}
