namespace BatchScoring.Training.Ctrs;

/// <summary>
/// Selects the largest counts, in the order in which CatBoost's selection leaves them: among equal ones its steps decide, so they are
/// followed one by one.
/// </summary>
internal sealed class MostFrequent
{
    private const int Few = 7;
    private readonly int[] _counts, _places;

    private MostFrequent(int[] counts) => (_counts, _places) = (counts, [.. Enumerable.Range(0, counts.Length)]);

    /// <returns>The places of the largest ones.</returns>
    public static int[] Of(int[] counts, int wanted)
    {
        MostFrequent selection = new(counts);
        int first = 0, last = counts.Length;
        while (selection.Narrow(ref first, ref last, wanted))
        {
        }

        return selection._places[..wanted];
    }

    private bool Before(int i, int j) => _counts[_places[i]] > _counts[_places[j]];

    private void Swap(int i, int j) => (_places[i], _places[j]) = (_places[j], _places[i]);

    /// <summary>Parts the places by the middle one and keeps the part with the wanted place.</summary>
    /// <returns>Whether there is more to do.</returns>
    private bool Narrow(ref int first, ref int last, int wanted)
    {
        int length = last - first;
        if (wanted == last || length <= 1) return false;
        if (length <= Few) return Finish(first, last);
        int middle = first + (length / 2), swaps = SortThree(first, middle, last - 1), i = first, j = last - 1;
        if (!Before(first, middle))
        {
            j--;
            while (j != i && !Before(j, middle)) j--;
            if (j == i) return NarrowEqual(ref first, last, wanted);
            Swap(i, j);
            swaps++;
        }

        i++;
        if (i < j)
        {
            while (true)
            {
                while (Before(i, middle)) i++;
                do j--;
                while (!Before(j, middle));
                if (i >= j) break;
                Swap(i, j);
                swaps++;
                if (middle == i) middle = j;
                i++;
            }
        }

        if (i != middle && Before(middle, i))
        {
            Swap(i, middle);
            swaps++;
        }

        if (wanted == i || (swaps == 0 && (wanted < i ? IsSorted(first, i) : IsSorted(i, last)))) return false;
        if (wanted < i) last = i;
        else first = i + 1;
        return true;
    }

    /// <summary>None comes before the first: the equal ones go to the front.</summary>
    private bool NarrowEqual(ref int first, int last, int wanted)
    {
        int i = first + 1, j = last - 1;
        if (!Before(first, j))
        {
            while (i != j && !Before(first, i)) i++;
            if (i == j) return false;
            Swap(i, j);
            i++;
        }

        if (i == j) return false;
        while (true)
        {
            while (!Before(first, i)) i++;
            do j--;
            while (Before(first, j));
            if (i >= j) break;
            Swap(i, j);
            i++;
        }

        if (wanted < i) return false;
        first = i;
        return true;
    }

    private bool Finish(int first, int last)
    {
        if (last - first == 3) SortThree(first, first + 1, last - 1);
        else
        {
            for (int place = first; place < last - 1; place++)
            {
                int best = place;
                for (int i = place + 1; i < last; i++) if (Before(i, best)) best = i;
                if (best != place) Swap(place, best);
            }
        }

        return false;
    }

    private bool IsSorted(int first, int last)
    {
        for (int i = first + 1; i < last; i++) if (Before(i, i - 1)) return false;
        return true;
    }

    /// <returns>How many exchanges it took.</returns>
    private int SortThree(int x, int y, int z)
    {
        if (!Before(y, x))
        {
            if (!Before(z, y)) return 0;
            Swap(y, z);
            if (!Before(y, x)) return 1;
            Swap(x, y);
            return 2;
        }

        if (Before(z, y))
        {
            Swap(x, z);
            return 1;
        }

        Swap(x, y);
        if (!Before(z, y)) return 1;
        Swap(y, z);
        return 2;
    }
}
