using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Crystals.Formats;

/// <summary>Reads a text file line by line, counts the lines, and turns everything that can go wrong into an <see cref="InputException"/>.</summary>
internal sealed class NumberedLines : IDisposable
{
    private readonly StreamReader _reader;

    private NumberedLines(string path, StreamReader reader)
    {
        Path = path;
        _reader = reader;
    }

    /// <summary>Path as the user wrote it.</summary>
    internal string Path { get; }

    /// <summary>Number of the line last read, from 1.</summary>
    internal int Number { get; private set; }

    internal static NumberedLines Open(string path)
    {
        try
        {
            return new NumberedLines(path, AtomicFile.OpenText(path));
        }
        catch (ArgumentException error)
        {
            throw new InputException($"'{path}' is not a usable path. Give the path of an existing file.", error);
        }
    }

    /// <summary>The next line without its end, or null at the end of the file.</summary>
    internal string? Next()
    {
        try
        {
            string? line = _reader.ReadLine();
            Number += line is null ? 0 : 1;
            return line;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{Path}, after line {Number}: the compressed data are broken or cut short. Copy the file again.", error);
        }
    }

    /// <summary>The next line; the end of the file is an error.</summary>
    /// <param name="expected">What should stand there.</param>
    internal string Required(string expected) => Next()
        ?? throw InputException.At(Path, Number + 1, "the end of the file", expected, "The file is cut short; copy or write it again.");

    /// <summary>An error at the line last read.</summary>
    internal InputException Wrong(string found, string expected, string advice) => InputException.At(Path, Number, found, expected, advice);

    /// <summary>Text in quotes for a message, shortened when long; bytes that are no text are not repeated to the terminal.</summary>
    internal static string Quoted(string text)
    {
        if (text.Any(character => character == '\uFFFD' || (char.IsControl(character) && !char.IsWhiteSpace(character))))
        {
            return "bytes that are no text";
        }

        string oneLine = text.Trim().Replace('\t', ' ');
        return oneLine.Length == 0 ? "an empty line" : oneLine.Length <= 60 ? $"'{oneLine}'" : $"'{oneLine[..57]}...'";
    }

    /// <summary>Splits at blanks and tabs.</summary>
    internal static string[] Tokens(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads a real number, Fortran exponents (1.0D-3) included.</summary>
    internal static bool TryReal(string token, out double value) =>
        double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        || (token.AsSpan().IndexOfAny('d', 'D') > 0
            && double.TryParse(token.Replace('d', 'e').Replace('D', 'e'), NumberStyles.Float, CultureInfo.InvariantCulture, out value));

    /// <summary>Reads a finite real number of the line last read.</summary>
    internal double Real(string token, string what)
    {
        if (!TryReal(token, out double value))
        {
            throw Wrong(Quoted(token), $"a number ({what})", "Correct the line; numbers are written like -1.25 or 1e-3.");
        }

        return double.IsFinite(value)
            ? value
            : throw Wrong(Quoted(token), $"a finite number ({what})", "The program that wrote the file failed there; compute it again or take the configuration out.");
    }

    /// <summary>The element of a symbol in the line last read.</summary>
    internal Element ElementOf(string symbol) => Element.TryFind(symbol, out Element? element)
        ? element
        : throw Wrong(Quoted(symbol), "the symbol of an element from H to Cm", "Write symbols as in print, for example Ag, and separate them with blanks.");

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
