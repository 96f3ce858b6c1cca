using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Crystals.Formats;

/// <summary>Reads and writes one crystal, the format chosen by the file's name: extended XYZ for <c>.xyz</c> and <c>.extxyz</c>, else POSCAR; <c>.gz</c> may follow.</summary>
public static class CrystalFile
{
    /// <summary>Reads a crystal.</summary>
    /// <param name="path">File.</param>
    /// <param name="frame">Which frame of an extended XYZ file, from 1.</param>
    /// <exception cref="InputException">The file is missing or wrong, or has no such frame.</exception>
    public static Crystal Read(string path, int frame = 1)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (frame < 1 || (frame > 1 && !IsExtendedXyz(path)))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: frame {frame} was asked for. Frames count from 1, and a POSCAR has one only."));
        }

        if (!IsExtendedXyz(path))
        {
            return Poscar.Read(path);
        }

        int seen = 0;
        foreach (ExtendedXyzFrame each in ExtendedXyz.Read(path))
        {
            if (++seen == frame)
            {
                return each.Crystal;
            }
        }

        throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: frame {frame} was asked for, but the file has {seen}. Choose a frame from 1 to {seen}."));
    }

    /// <summary>Writes a crystal.</summary>
    /// <param name="path">File; its name chooses the format.</param>
    /// <param name="crystal">What to write.</param>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static void Write(string path, Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (IsExtendedXyz(path))
        {
            ExtendedXyz.Write(path, [new ExtendedXyzFrame(crystal, [], [])]);
        }
        else
        {
            Poscar.Write(path, crystal, ChemicalFormula.OfCell(crystal));
        }
    }

    /// <summary>True when the name says extended XYZ.</summary>
    public static bool IsExtendedXyz(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase);
    }
}
