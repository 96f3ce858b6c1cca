namespace Phonograph.Files;

/// <summary>
/// Something the user gave cannot be used. The message names the file, the line, what was found, what was expected and what to do;
/// the command line ends with exit code 2 and prints it without a stack trace.
/// </summary>
public class InputException : Exception
{
    /// <summary>Describes bad input that has no place in a file.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Describes bad input with the error behind it.</summary>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Describes bad input at a place in a file.</summary>
    /// <param name="file">Path as the user wrote it.</param>
    /// <param name="line">Line number from 1; 0 when the whole file is meant.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="advice">What the user can do.</param>
    public static InputException At(string file, int line, string found, string expected, string advice) =>
        new($"{file}{(line > 0 ? $", line {line}" : "")}: found {found}; expected {expected}. {advice}");
}
