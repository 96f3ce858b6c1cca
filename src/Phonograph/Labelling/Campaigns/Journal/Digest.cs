namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>64-bit hash against accidents, not against forgery: FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv) over UTF-16 code units.</summary>
internal static class Digest
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>Of nothing.</summary>
    internal const long Empty = unchecked((long)0xCBF29CE484222325);

    /// <summary>Of a text.</summary>
    internal static long Of(string text) => Append(Empty, text);

    /// <summary>Of what came before and a text.</summary>
    internal static long Append(long before, string text)
    {
        ulong hash = (ulong)before;
        foreach (char unit in text)
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        return (long)hash;
    }
}
