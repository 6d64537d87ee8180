using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Objectives;

/// <summary>The single-precision logarithm by which CatBoost judges whether a step lowered the loss; off by about 1e-5.</summary>
/// <remarks>Source: P. Mineiro's fastapprox, whose figures these are.</remarks>
internal static class FastLog
{
    public static float Of(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        float mantissa = BitConverter.Int32BitsToSingle((bits & 0x007FFFFF) | 0x3F000000);
        float y = bits * 1.1920928955078125e-7f;
        return (y - 124.22551499f - (1.498030302f * mantissa) - (1.72587999f / (mantissa + 0.3520887068f))) * 0.69314718f;
    }

    /// <summary>The same of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> x)
    {
        Vector256<int> bits = x.AsInt32();
        Vector256<float> mantissa = ((bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000)).AsSingle(),
            y = Vector256.ConvertToSingle(bits) * Vector256.Create(1.1920928955078125e-7f);
        return (y - Vector256.Create(124.22551499f) - (Vector256.Create(1.498030302f) * mantissa)
            - (Vector256.Create(1.72587999f) / (mantissa + Vector256.Create(0.3520887068f)))) * Vector256.Create(0.69314718f);
    }

    /// <summary>The same of sixteen numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        Vector512<int> bits = x.AsInt32();
        Vector512<float> mantissa = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle(),
            y = Vector512.ConvertToSingle(bits) * Vector512.Create(1.1920928955078125e-7f);
        return (y - Vector512.Create(124.22551499f) - (Vector512.Create(1.498030302f) * mantissa)
            - (Vector512.Create(1.72587999f) / (mantissa + Vector512.Create(0.3520887068f)))) * Vector512.Create(0.69314718f);
    }
}
