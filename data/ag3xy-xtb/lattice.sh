#!/bin/sh
# Lattice parameters of the compounds for which none is published beside Ag3SBr's: sh data/ag3xy-xtb/lattice.sh [WORK_FOLDER]. Needs CP2K; two minutes on one core.
# The cubic lattice at which the hydrostatic stress of the ideal cell at GFN1-xTB equals that of Ag3SBr at its published lattice (4.793 Å): no compound is under more pressure than another.
# Ag3SI, whose lattice is published too (4.869 Å), shows how good the rule is. Writes lattice-stress.csv (what was computed) and lattice.csv (the lattices, linear between the two nearest computed ones).
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
. "$set_folder/../recipe.sh"
work=$work/lattice
mkdir -p "$work"

# poscar CHALCOGEN HALOGEN LATTICE
poscar() {
    printf 'Ag3%s%s, cubic anti-perovskite, a = %s Angstrom\n1.0\n%s 0.0 0.0\n0.0 %s 0.0\n0.0 0.0 %s\nAg %s %s\n3 1 1\nDirect\n0.5 0.5 0.0\n0.5 0.0 0.5\n0.0 0.5 0.5\n0.5 0.5 0.5\n0.0 0.0 0.0\n' "$1" "$2" "$3" "$3" "$3" "$3" "$1" "$2"
}

cells() {
    for lattice in $3; do
        [ -s "$work/$1$2-$lattice.xyz" ] && continue
        poscar "$1" "$2" "$lattice" >"$work/$1$2-$lattice.vasp"
        "$phonograph" crystal "$work/$1$2-$lattice.vasp" --supercell 2,2,2 --output "$work/$1$2-$lattice.xyz"
    done
}

cells S Br "4.793"
cells S I "4.82 4.86 4.90 4.94 4.98"
cells S Cl "4.66 4.70 4.74 4.78 4.82"
cells Se Br "4.82 4.86 4.90 4.94 4.98"
cells Se I "4.88 4.92 4.96 5.00 5.04 5.08"
[ -s "$work/cells.xyz" ] || awk 'FNR == 2 { name = FILENAME; sub(/.*\//, "", name); sub(/\.xyz$/, "", name); sub(/ pbc=/, " id=" name " scheme=undisplaced pbc=") } { print }' "$work"/*-*.xyz >"$work/cells.xyz"
"$phonograph" label "$work/cells.xyz" --engine cp2k --level gfn1-xtb --nice 10 --campaign "$work/labels" --export "$work/labelled.xyz"

{
    echo 'compound,lattice_A,hydrostatic_stress_GPa,band_gap_eV'
    awk '/hydrostatic_stress_GPa=/ { for (i = 1; i <= NF; i++) { split($i, pair, "="); value[pair[1]] = pair[2] } split(value["id"], part, "-"); printf "Ag3%s,%s,%s,%s\n", part[1], part[2], value["hydrostatic_stress_GPa"], value["band_gap_eV"] }' "$work/labelled.xyz" | sort -t, -k1,1 -k2,2n
} >"$set_folder/lattice-stress.csv"
awk -F, '
    NR == 1 { next }
    $1 == "Ag3SBr" { target = $3; next }
    { count[$1]++; a[$1, count[$1]] = $2; s[$1, count[$1]] = $3 }
    END {
        print "compound,lattice_A,source,by_the_rule_A"
        print "Ag3SBr,4.793,published,"
        for (c in count) for (k = 1; k < count[c]; k++) if ((s[c, k] - target) * (s[c, k + 1] - target) <= 0) {
            rule = sprintf("%.3f", a[c, k] + (a[c, k + 1] - a[c, k]) * (target - s[c, k]) / (s[c, k + 1] - s[c, k]))
            print c "," (c == "Ag3SI" ? "4.869,published," : rule ",stress of Ag3SBr,") rule
        }
    }' "$set_folder/lattice-stress.csv" >"$set_folder/lattice.unsorted"
{ head -n 1 "$set_folder/lattice.unsorted"; tail -n +2 "$set_folder/lattice.unsorted" | sort; } >"$set_folder/lattice.csv"
rm "$set_folder/lattice.unsorted"
cat "$set_folder/lattice.csv"
