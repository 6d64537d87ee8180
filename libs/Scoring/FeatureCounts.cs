using System.Numerics;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>
/// Counts a model's features while their rows pass: missing numbers of all of them, groups of those whose contract has some
/// (<see cref="FeatureProfile"/>). Every row counts that was read, whatever becomes of it.
/// </summary>
/// <remarks>Not thread safe. Allocates nothing per block; the counts of disjoint rows add up.</remarks>
public sealed class FeatureCounts
{
    private readonly Counter[] _counters;

    /// <param name="inputs">The model's columns.</param>
    /// <param name="rules">The contract's; rules without a feature do not count.</param>
    public FeatureCounts(IReadOnlyList<ModelInput> inputs, IReadOnlyList<FeatureRule> rules)
    {
        var byName = rules.ToDictionary(rule => rule.Feature, StringComparer.Ordinal);
        _counters = [.. inputs.Select(input => new Counter(input, byName.GetValueOrDefault(input.Name)))];
    }

    /// <summary>Rows without the number, by feature; features that never miss are left out.</summary>
    public IReadOnlyDictionary<string, long> Missing() => _counters.Where(counter => counter.Missing > 0)
        .ToDictionary(counter => counter.Name, counter => counter.Missing, StringComparer.Ordinal);

    /// <summary>Rows per group, by feature.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Groups() => _counters.Where(counter => counter.HasGroups)
        .ToDictionary(counter => counter.Name, counter => counter.Groups(), StringComparer.Ordinal);

    /// <summary>Counts a block of the model's columns, in their order.</summary>
    public void Add(ColumnBlock block)
    {
        for (int column = 0; column < _counters.Length; column++)
        {
            if (_counters[column].IsNumber) _counters[column].Add(block.NumbersOf(column));
            else if (_counters[column].HasGroups) _counters[column].Add(block.CodesOf(column));
        }
    }

    private sealed class Counter(ModelInput input, FeatureRule? rule)
    {
        private readonly float[] _edges = [.. rule?.Training?.Edges ?? []];
        private readonly long[] _above = new long[rule?.Training?.Edges?.Count ?? 0];
        private readonly Dictionary<int, int>? _places = Places(input, rule);
        private readonly long[] _known = new long[rule?.Categories?.Count ?? 0];
        private long _values;

        public string Name => input.Name;

        public bool IsNumber => input.Encoder is null;

        public bool HasGroups => _places is not null || (IsNumber && rule?.Training is { HasGroups: true });

        public long Missing { get; private set; }

        public void Add(ReadOnlySpan<float> values)
        {
            int missing = values.Length - CountEqualToThemselves(values);
            Missing += missing;
            _values += values.Length - missing;
            for (int edge = 0; edge < _edges.Length; edge++) _above[edge] += CountAbove(values, _edges[edge]);
        }

        public void Add(ReadOnlySpan<int> codes)
        {
            foreach (int code in codes)
            {
                if (_places!.TryGetValue(code, out int place)) _known[place]++;
            }
        }

        public IReadOnlyList<long> Groups()
        {
            if (_places is not null) return [.. _known];
            // What is above an edge and not above the next lies between them.
            long[] from = [_values, .. _above, 0];
            return [.. from.Zip(from.Skip(1), (all, above) => all - above)];
        }

        private static Dictionary<int, int>? Places(ModelInput input, FeatureRule? rule)
        {
            if (input.Encoder is not { } encoder || rule is not { Categories: { } categories, Training.HasGroups: true }) return null;
            Dictionary<int, int> places = [];
            for (int place = 0; place < categories.Count; place++)
                places.TryAdd(encoder.Encode(Encoding.UTF8.GetBytes(categories[place])), place);
            return places;
        }

        /// <summary>Only NaN differs from itself.</summary>
        private static int CountEqualToThemselves(ReadOnlySpan<float> values)
        {
            Vector<int> found = Vector<int>.Zero;
            int i = 0, count = 0;
            for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> some = new(values[i..]);
                found -= Vector.Equals(some, some);
            }

            for (; i < values.Length; i++) count += float.IsNaN(values[i]) ? 0 : 1;
            return count + Vector.Sum(found);
        }

        /// <summary>NaN is not above anything.</summary>
        private static int CountAbove(ReadOnlySpan<float> values, float edge)
        {
            Vector<float> limit = new(edge);
            Vector<int> found = Vector<int>.Zero;
            int i = 0, count = 0;
            for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
                found -= Vector.GreaterThan(new Vector<float>(values[i..]), limit);
            for (; i < values.Length; i++) count += values[i] > edge ? 1 : 0;
            return count + Vector.Sum(found);
        }
    }
}
