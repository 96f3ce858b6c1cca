using System.Collections.Immutable;

namespace Phonograph.Learning.Training;

/// <summary>Names of the learning-rate schedules on the command line and in files.</summary>
public static class LearningRateSchedules
{
    private static readonly (string Name, LearningRateSchedule Schedule)[] Known =
    [
        ("constant", LearningRateSchedule.Constant), ("plateau", LearningRateSchedule.ReduceOnPlateau), ("cosine", LearningRateSchedule.WarmupCosine),
    ];

    /// <summary>All names: <c>constant</c>, <c>plateau</c>, <c>cosine</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Known.Select(each => each.Name)];

    /// <summary>The schedule of a name; null when there is none.</summary>
    public static LearningRateSchedule? Of(string name) => Known.Where(each => each.Name == name).Select(each => (LearningRateSchedule?)each.Schedule).FirstOrDefault();

    /// <summary>The name of a schedule.</summary>
    public static string Name(LearningRateSchedule schedule) => Known.Single(each => each.Schedule == schedule).Name;
}
