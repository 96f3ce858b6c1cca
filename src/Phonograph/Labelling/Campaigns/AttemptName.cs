using System.Globalization;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Names of the folders of attempts: beginning of the job's hash, rung, and a number of its own.</summary>
internal static class AttemptName
{
    /// <summary>A name that no other attempt has.</summary>
    internal static string New(string job, int rung) => FormattableString.Invariant($"{job[..16]}-r{rung}-{Guid.NewGuid():N}");

    /// <summary>Beginning of the job's hash.</summary>
    internal static string JobBegin(string name) => name.Split('-')[0];

    /// <summary>Rung of the ladder; 0 where the name does not say.</summary>
    internal static int Rung(string name) =>
        name.Split('-') is { Length: 3 } parts && int.TryParse(parts[1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int rung) ? rung : 0;
}
