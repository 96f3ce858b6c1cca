using System.Globalization;

namespace Phonograph.Tests.Labelling.Vasp;

/// <summary>Small files of the form that VASP writes, made by the tests.</summary>
internal static class VasprunText
{
    /// <summary>Cubic AgBr of two atoms, one step.</summary>
    internal static string Of(string version = "6.4.2", int electronicSteps = 3, int largestSteps = 60, string energies = "", string states = "", string stress = "", string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <modeling>
         <generator><i name="program" type="string">vasp </i><i name="version" type="string">{version}  </i></generator>
         <parameters><separator name="electronic"><i type="int" name="NELM">    {largestSteps}</i></separator></parameters>
         <atominfo>
          <array name="atoms"><field type="string">element</field><set><rc><c>Ag</c><c>   1</c></rc><rc><c>Br</c><c>   2</c></rc></set></array>
          <array name="atomtypes"><set><rc><c>   1</c><c>Ag</c></rc><rc><c>   1</c><c>Br</c></rc></set></array>
         </atominfo>
         <structure name="initialpos"><varray name="positions"><v>0.9 0.9 0.9</v><v>0.9 0.9 0.9</v></varray></structure>
         {Step(electronicSteps, energies, states, stress)}{more}
        </modeling>
        """);

    internal static string Step(int electronicSteps = 3, string energies = "", string states = "", string stress = "") =>
        $"""
        <calculation>
          {string.Concat(Enumerable.Repeat("<scstep><energy><i name=\"e_wo_entrp\">  -1.0</i><i name=\"e_0_energy\">  -2.0</i></energy></scstep>", electronicSteps))}
          <structure><crystal>
           <varray name="basis"><v> 4.0 0.0 0.0 </v><v> 0.0 4.0 0.0 </v><v> 0.0 0.0 4.0 </v></varray><i name="volume"> 64.0 </i>
           <varray name="rec_basis"><v> 0.25 0.0 0.0 </v><v> 0.0 0.25 0.0 </v><v> 0.0 0.0 0.25 </v></varray></crystal>
           <varray name="positions"><v> 0.0 0.0 0.0 </v><v> 0.5 0.5 0.5125 </v></varray></structure>
          <varray name="forces"><v> 0.1 -0.2 0.3 </v><v> -0.1 0.2 -0.3 </v></varray>
          {(stress.Length > 0 ? stress : "<varray name=\"stress\"><v> 10.0 1.0 0.0 </v><v> 1.0 20.0 0.0 </v><v> 0.0 0.0 30.0 </v></varray>")}
          {(energies.Length > 0 ? energies : "<energy><i name=\"e_fr_energy\"> -7.25 </i><i name=\"e_wo_entrp\"> -7.5 </i><i name=\"e_0_energy\"> -7.375 </i></energy>")}
          <time name="totalsc">   31.87   32.14</time>
          {(states.Length > 0 ? states : States("-1.5 1.0", "0.5 0.0"))}
          <dos><i name="efermi"> 0.1 </i><total><array><set><r> 9.0 1.0 2.0 </r></set></array></total></dos>
         </calculation>
        """;

    /// <summary>Two k-points of one spin; the second has narrower edges.</summary>
    internal static string States(string occupied, string empty) =>
        $"<eigenvalues><array><set><set comment=\"spin 1\"><set comment=\"kpoint 1\"><r> -2.0 1.0 </r><r> 0.75 0.0 </r></set><set comment=\"kpoint 2\"><r> {occupied} </r><r> {empty} </r></set></set></set></array></eigenvalues>";
}
