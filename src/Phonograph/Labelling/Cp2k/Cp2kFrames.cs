using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// Reads the frames of a molecular dynamics run while CP2K writes them, or what a killed one left. A frame is complete when positions, velocities, forces,
/// energies and eigenvalues of its step are there and the step's self-consistency was reached.
/// </summary>
internal sealed class Cp2kFrames
{
    private const double ForceUnit = PhysicalConstants.HartreeElectronvolt / PhysicalConstants.BohrAngstrom;

    private readonly DynamicsRequest _request;
    private readonly GrowingFile _positions, _velocities, _forces, _energies, _states, _output;
    private readonly Queue<(double Potential, ImmutableArray<Vector3D> Vectors)> _whereAtomsAre = new();
    private readonly Queue<(double Potential, ImmutableArray<Vector3D> Vectors)> _howFast = new(), _pulls = new();
    private readonly Queue<double> _conserved = new();
    private readonly Queue<BandEdges> _edges = new();
    private readonly List<string> _block = [];
    private int _step;
    private int _computed;
    private bool _isStepUnconverged;
    private double _shift;

    internal Cp2kFrames(DynamicsRequest request)
    {
        _request = request;
        _step = Math.Max(0, request.FirstStep - 1);
        GrowingFile In(string name) => new(Path.Combine(request.Folder, name));
        _positions = In(Cp2kDynamicsInput.PositionsFile);
        _velocities = In(Cp2kDynamicsInput.VelocitiesFile);
        _forces = In(Cp2kInput.ForcesFile);
        _energies = In(Cp2kDynamicsInput.EnergiesFile);
        _states = In(Cp2kInput.StatesFile);
        _output = In(Cp2kInput.EnergyFile);
    }

    /// <summary>Why no frame follows any more; null while none is known to be wrong.</summary>
    internal LabelFailure? Unconverged { get; private set; }

    /// <summary>Why a run that ended well has no last frame; null when it has.</summary>
    internal LabelFailure? Missing() => _step > _request.LastStep
        ? null
        : new LabelFailure("unreadable-output", string.Create(CultureInfo.InvariantCulture, $"CP2K ended, but frame {_step} of {_request.LastStep} is not complete."));

    /// <summary>The next complete frame; null when there is none yet.</summary>
    /// <exception cref="FormatException">A file is damaged.</exception>
    internal DynamicsFrame? Next()
    {
        while (true)
        {
            if (Unconverged is not null && _computed == 0)
            {
                return null;
            }

            Update();
            if (_computed == 0 || _whereAtomsAre.Count == 0 || _howFast.Count == 0 || _pulls.Count == 0 || _conserved.Count == 0 || _edges.Count == 0)
            {
                return null;
            }

            DynamicsFrame frame = Take();
            _step++;
            if (frame.Step >= _request.FirstStep)
            {
                return frame;
            }
        }
    }

    private DynamicsFrame Take()
    {
        _computed--;
        (double potential, ImmutableArray<Vector3D> places) = _whereAtomsAre.Dequeue();
        double conserved = _conserved.Dequeue();
        if (_step == Math.Max(0, _request.FirstStep - 1) && _request.Start.ConservedEnergyElectronvolt is { } before)
        {
            _shift = before - conserved;
        }

        return new DynamicsFrame(
            _step,
            potential * PhysicalConstants.HartreeElectronvolt,
            conserved + _shift,
            _edges.Dequeue().GapElectronvolt,
            [.. places.Select((place, atom) => place - _request.Reference.PositionCartesian(atom))],
            _howFast.Dequeue().Vectors,
            [.. _pulls.Dequeue().Vectors.Select(pull => ForceUnit * pull)]);
    }

    private void Update()
    {
        _output.Update();
        while (_output.Next() is { } line)
        {
            if (line.Contains("SCF run NOT converged", StringComparison.Ordinal))
            {
                _isStepUnconverged = true;
                Unconverged ??= new LabelFailure("not-converged", string.Create(CultureInfo.InvariantCulture, $"Self-consistency not reached at step {_step + _computed}."));
            }
            else if (line.StartsWith(" ENERGY| Total FORCE_EVAL", StringComparison.Ordinal) && !_isStepUnconverged)
            {
                _computed++;
            }
        }

        _energies.Update();
        while (_energies.Next() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] cells = Cp2kOutput.Cells(line);
                _conserved.Enqueue(cells.Length >= 6 && Cp2kOutput.TryNumber(cells[5], out double hartree)
                    ? hartree * PhysicalConstants.HartreeElectronvolt
                    : throw Cp2kOutput.Unreadable(Cp2kDynamicsInput.EnergiesFile, _step, line, "a step with its energies"));
            }
        }

        ReadVectors(_positions, Cp2kDynamicsInput.PositionsFile, _whereAtomsAre);
        ReadVectors(_velocities, Cp2kDynamicsInput.VelocitiesFile, _howFast);
        ReadVectors(_forces, Cp2kInput.ForcesFile, _pulls);
        ReadStates();
    }

    private void ReadVectors(GrowingFile file, string name, Queue<(double Potential, ImmutableArray<Vector3D> Vectors)> frames)
    {
        file.Update();
        int atoms = _request.Reference.AtomCount;
        while (file.Count >= atoms + 2)
        {
            string count = file.Next()!, comment = file.Next()!;
            int mark = comment.LastIndexOf("E =", StringComparison.Ordinal);
            if (count.Trim() != atoms.ToString(CultureInfo.InvariantCulture) || mark < 0 || !Cp2kOutput.TryNumber(comment[(mark + 3)..].Trim(), out double energy))
            {
                throw Cp2kOutput.Unreadable(name, _step, comment, "the head of a frame");
            }

            var vectors = ImmutableArray.CreateBuilder<Vector3D>(atoms);
            for (int atom = 0; atom < atoms; atom++)
            {
                string line = file.Next()!;
                string[] cells = Cp2kOutput.Cells(line);
                vectors.Add(cells.Length == 4 && Cp2kOutput.TryNumber(cells[1], out double x) && Cp2kOutput.TryNumber(cells[2], out double y) && Cp2kOutput.TryNumber(cells[3], out double z)
                    ? new Vector3D(x, y, z)
                    : throw Cp2kOutput.Unreadable(name, _step, line, "a vector of an atom"));
            }

            frames.Enqueue((energy, vectors.MoveToImmutable()));
        }
    }

    private void ReadStates()
    {
        _states.Update();
        while (_states.Next() is { } line)
        {
            _block.Add(line);
            if (line.Contains("MO| Sum:", StringComparison.Ordinal))
            {
                _edges.Enqueue(Cp2kStates.Read(Cp2kInput.StatesFile, [.. _block]));
                _block.Clear();
            }
        }
    }
}
