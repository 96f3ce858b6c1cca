using System.Collections.Immutable;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>What a block of parameters describes.</summary>
public enum ParameterKind
{
    /// <summary>The energy of an orbital without neighbours, eV; one number.</summary>
    Level,

    /// <summary>How a neighbour shifts all orbitals of a shell, eV; one number for each radial function.</summary>
    Shift,

    /// <summary>How a neighbour splits the orbitals of a shell along the bond, eV; one number for each radial function.</summary>
    Field,

    /// <summary>A two-centre integral, eV; one number for each radial function.</summary>
    Hopping,
}

/// <summary>A block of parameters.</summary>
/// <param name="Kind">What it describes.</param>
/// <param name="First">Place of its first number.</param>
/// <param name="Element">Place of the element in the form.</param>
/// <param name="Shell">Angular momentum on that element.</param>
/// <param name="Neighbour">Place of the neighbour's element; that of the element itself for levels.</param>
/// <param name="NeighbourShell">Angular momentum on the neighbour, for hoppings; else that of the element.</param>
/// <param name="Bond">0 (σ), 1 (π), 2 (δ), for hoppings; else 0.</param>
public sealed record ParameterBlock(ParameterKind Kind, int First, int Element, int Shell, int Neighbour, int NeighbourShell, int Bond);

/// <summary>Where each parameter of a form stands.</summary>
public sealed class HamiltonianParameters
{
    private const int Shells = 3;

    private readonly int _elements;
    private readonly int[] _level, _shift, _field, _hopping;

    /// <summary>Gives every parameter of a form its place.</summary>
    public HamiltonianParameters(HamiltonianForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        _elements = form.Elements.Length;
        _level = new int[_elements * Shells];
        _shift = new int[_elements * Shells * _elements];
        _field = new int[_elements * Shells * _elements];
        _hopping = new int[_elements * Shells * _elements * Shells * Shells];
        Array.Fill(_field, -1);
        var blocks = ImmutableArray.CreateBuilder<ParameterBlock>();
        int next = 0;
        int Add(ParameterKind kind, int element, int shell, int neighbour, int neighbourShell, int bond)
        {
            int first = next;
            blocks.Add(new ParameterBlock(kind, first, element, shell, neighbour, neighbourShell, bond));
            next += kind == ParameterKind.Level ? 1 : form.RadialFunctions;
            return first;
        }

        for (int element = 0; element < _elements; element++)
        {
            foreach (int l in form.Shells[element].AngularMomenta)
            {
                _level[(element * Shells) + l] = Add(ParameterKind.Level, element, l, element, l, 0);
                for (int neighbour = 0; neighbour < _elements; neighbour++)
                {
                    _shift[(((element * Shells) + l) * _elements) + neighbour] = Add(ParameterKind.Shift, element, l, neighbour, l, 0);
                    if (l > 0)
                    {
                        _field[(((element * Shells) + l) * _elements) + neighbour] = Add(ParameterKind.Field, element, l, neighbour, l, 0);
                    }
                }
            }
        }

        for (int element = 0; element < _elements; element++)
        {
            for (int neighbour = element; neighbour < _elements; neighbour++)
            {
                foreach (int l in form.Shells[element].AngularMomenta)
                {
                    foreach (int other in form.Shells[neighbour].AngularMomenta.Where(other => neighbour > element || other >= l))
                    {
                        for (int bond = 0; bond <= Math.Min(l, other); bond++)
                        {
                            _hopping[HoppingPlace(element, l, neighbour, other, bond)] = Add(ParameterKind.Hopping, element, l, neighbour, other, bond);
                        }
                    }
                }
            }
        }

        Blocks = blocks.ToImmutable();
        Count = next;
    }

    /// <summary>All blocks in their order.</summary>
    public ImmutableArray<ParameterBlock> Blocks { get; }

    /// <summary>Number of parameters.</summary>
    public int Count { get; }

    /// <summary>Place of the level of a shell.</summary>
    public int Level(int element, int l) => _level[(element * Shells) + l];

    /// <summary>First parameter of the shift of a shell by a neighbour.</summary>
    public int Shift(int element, int l, int neighbour) => _shift[(((element * Shells) + l) * _elements) + neighbour];

    /// <summary>First parameter of a splitting; -1 for s orbitals, which have none.</summary>
    public int Field(int element, int l, int neighbour) => _field[(((element * Shells) + l) * _elements) + neighbour];

    /// <summary>
    /// First parameter of a two-centre integral with its sign: ⟨l on the first|H|l' on the second⟩ along the bond from first to second changes by (-1)^(l + l') when the atoms change places.
    /// </summary>
    public (int First, double Sign) Hopping(int element, int l, int neighbour, int other, int bond)
    {
        bool isStored = element < neighbour || (element == neighbour && l <= other);
        return isStored
            ? (_hopping[HoppingPlace(element, l, neighbour, other, bond)], 1)
            : (_hopping[HoppingPlace(neighbour, other, element, l, bond)], ((l + other) & 1) == 0 ? 1 : -1);
    }

    private int HoppingPlace(int element, int l, int neighbour, int other, int bond) => (((((((element * Shells) + l) * _elements) + neighbour) * Shells) + other) * Shells) + bond;
}
