namespace BatchScoring.Training.Objectives;

/// <summary>The exponential of the constant that training starts from: in four parts of 16 bits each, as from a table.</summary>
internal static class StartExponent
{
    private const ulong TopBits = 0xFFFF_0000_0000_0000;

    public static double Of(double bias)
    {
        double start = 1;
        for (int part = 0; part < 4; part++)
        {
            double top = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(bias) & TopBits);
            start *= Math.Exp(top);
            bias -= top;
        }

        return start * (1 + bias);
    }
}
