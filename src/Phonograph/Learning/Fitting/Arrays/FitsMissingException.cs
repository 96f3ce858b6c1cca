namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>Fits could not be trained on a cluster; what was trained is kept, and the same call tries again.</summary>
public sealed class FitsMissingException : Exception
{
    /// <summary>With which fits, and why.</summary>
    public FitsMissingException(string message)
        : base(message)
    {
    }

    /// <summary>With which fits, why, and the error behind it.</summary>
    public FitsMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason.</summary>
    public FitsMissingException()
    {
    }
}
