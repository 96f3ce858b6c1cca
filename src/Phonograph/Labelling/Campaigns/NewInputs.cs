using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Files of configurations that are to join a campaign: refused as a whole before anything is made of them when they cannot be used.</summary>
/// <remarks>
/// A damaged file, a file none of whose crystals the engine can use, and a name that stands for two configurations are wrong input. A file with some crystals
/// that the engine cannot use is taken: those become refused jobs with the engine's reason, and the others are labelled.
/// </remarks>
internal sealed class NewInputs
{
    private readonly List<(string File, int Number, string Id, string Job)> _frames = [];

    private NewInputs()
    {
    }

    /// <summary>Reads files to their ends.</summary>
    /// <exception cref="InputException">A file is damaged or of no use, or two of its configurations carry one id.</exception>
    internal static NewInputs Read(IReadOnlyList<string> files, CampaignOptions options)
    {
        var read = new NewInputs();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string name = Path.GetFileName(file);
            InputException? refusal = null;
            int number = 0, refused = 0;
            foreach (LabelFrame frame in LabelFrame.Read(file, name, options.Engine.Name, options.Level))
            {
                number++;
                read._frames.Add((name, number, frame.Id, frame.Job));
                if (!seen.TryAdd(frame.Id, frame.Job) && seen[frame.Id] != frame.Job)
                {
                    throw LabelFrame.Conflict(name, number, frame.Id);
                }

                try
                {
                    options.Engine.Check(frame.Frame.Crystal, options.Level);
                }
                catch (InputException error)
                {
                    refused++;
                    refusal ??= new InputException($"{file}, frame {number}: {error.Message}", error);
                }
            }

            if (refusal is not null && refused == number)
            {
                throw refusal;
            }
        }

        return read;
    }

    /// <summary>The distinct computations of the files.</summary>
    internal IEnumerable<string> Jobs() => _frames.Select(frame => frame.Job).Distinct(StringComparer.Ordinal);

    /// <summary>Refuses names that stand for another configuration in the campaign.</summary>
    /// <param name="known">The job behind a name of the campaign; null for a new name.</param>
    /// <exception cref="InputException">The campaign could neither go on with these files nor be exported.</exception>
    internal void CheckNames(Func<string, string?> known)
    {
        foreach ((string file, int number, string id, string job) in _frames)
        {
            if (known(id) is { } other && other != job)
            {
                throw LabelFrame.Conflict(file, number, id);
            }
        }
    }
}
