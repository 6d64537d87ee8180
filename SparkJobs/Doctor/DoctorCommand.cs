using System.CommandLine;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Doctor;

internal static class DoctorCommand
{
    public static Command Create(CommandHost host) => host.Create("doctor",
        "Checks what a run needs: native libraries, CPU, disk, the store's rights and promises, the clock.",
        ["batch-score doctor --root ./bank", "batch-score doctor --root s3://bucket/prefix --format json"],
        new(), (context, _, cancellation) => new DoctorJob(context).RunAsync(cancellation));
}
