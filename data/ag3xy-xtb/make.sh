#!/bin/sh
# Makes this data set: sh data/ag3xy-xtb/make.sh [WORK_FOLDER]. Needs CP2K; with OpenBLAS by estimate less than four hours on one core. Stopped or killed, the same command continues; what is complete is exported as it comes.
# Which cells, with which seeds, was written down before: docs/results/preregistration.md. Lattices: lattice.csv, made by lattice.sh.
# PHONOGRAPH_PARTS chooses parts (default: all, in this order): silver compounds alloys card. PHONOGRAPH_ROUNDS says how many rounds of the first (default 25, all).
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
. "$set_folder/../recipe.sh"
bromide=$set_folder/../ag3sbr-xtb/POSCAR

# Ag3SBr: 625 phonon-informed cells at 300 and at 600 K from effective constants, 313 uniform ones of each width, in rounds of 25 (and 13 or 12).
draw_silver() {
    for temperature in 300 600; do
        sample phonon-${temperature}K "$bromide" --scheme phonon --force-constants "$effective/ag3sbr-xtb-${temperature}K/FORCE_CONSTANTS" --temperature $temperature --statistics quantum --soft-modes floor:1 --count 625 --seed 7$temperature
    done
    for width in 2 4 6 8; do
        sample uniform-0.${width}A "$bromide" --scheme uniform --width 0.$width --count 313 --seed 80${width}0
    done
}

cells_of_round() {
    in_round "$1" 42 25 phonon-300K phonon-600K
    in_round "$1" 42 12.52 uniform-0.2A uniform-0.4A uniform-0.6A uniform-0.8A
}

silver() {
    draw_silver
    label_rounds "${PHONOGRAPH_ROUNDS:-25}" gfn1-xtb
}

# poscar CHALCOGEN HALOGEN: the unit cell with the lattice of lattice.csv.
poscar() {
    awk -F, -v name="Ag3$1$2" -v x="$1" -v y="$2" '$1 == name { printf "%s, cubic anti-perovskite, a = %s Angstrom\n1.0\n%s 0.0 0.0\n0.0 %s 0.0\n0.0 0.0 %s\nAg %s %s\n3 1 1\nDirect\n0.5 0.5 0.0\n0.5 0.0 0.5\n0.0 0.5 0.5\n0.5 0.5 0.5\n0.0 0.0 0.0\n", name, $2, $2, $2, $2, x, y }' "$set_folder/lattice.csv"
}

# compound CHALCOGEN HALOGEN SEED: harmonic constants of its own, 50 phonon-informed cells at 300 K and 50 uniform ones of 0.4 Å.
compound() {
    compound=Ag3$1$2 seed=$3
    mkdir -p "$work/$compound" "$set_folder/$compound"
    poscar "$1" "$2" >"$set_folder/$compound/POSCAR"
    ideal "$compound/ideal" "$set_folder/$compound/POSCAR"
    label "$compound/ideal-labels" "$compound/ideal" gfn1-xtb "$work/$compound/ideal.xyz"
    [ -s "$work/$compound/displacements.xyz" ] || "$phonograph" phonons displacements "$set_folder/$compound/POSCAR" --supercell 2,2,2 --amplitude 0.01 --output "$work/$compound/displacements.xyz"
    label "$compound/forces" "$compound/forces" gfn1-xtb "$work/$compound/displacements.xyz"
    [ -s "$set_folder/$compound/FORCE_CONSTANTS" ] || "$phonograph" phonons constants "$set_folder/$compound/forces.xyz.gz" "$set_folder/$compound/POSCAR" --supercell 2,2,2 --output "$set_folder/$compound"
    sample "$compound/phonon-300K" "$set_folder/$compound/POSCAR" --scheme phonon --force-constants "$set_folder/$compound/FORCE_CONSTANTS" --temperature 300 --statistics quantum --soft-modes absolute:0.5 --count 50 --seed "${seed}1"
    sample "$compound/uniform-0.4A" "$set_folder/$compound/POSCAR" --scheme uniform --width 0.4 --count 50 --seed "${seed}2"
    label "$compound/labels" "$compound/cells" gfn1-xtb "$work/$compound/phonon-300K.xyz" "$work/$compound/uniform-0.4A.xyz"
}

compounds() {
    compound S I 710
    compound S Cl 720
    compound Se Br 730
    compound Se I 740
}

# Ag3SBr(1-x)I(x): every composition equally likely, decorations by their degeneracies, the lattice between the ends; 100 phonon-informed cells at 300 K and 100 uniform ones of 0.4 Å.
alloys() {
    iodide=$(awk -F, '$1 == "Ag3SI" { print $2 }' "$set_folder/lattice.csv")
    sample alloy-phonon "$bromide" --scheme phonon --force-constants "$effective/ag3sbr-xtb-300K/FORCE_CONSTANTS" --temperature 300 --statistics quantum --soft-modes floor:1 --count 100 --seed 7501 --decorate Br=Br,I --lattice "I=$iodide" --composition uniform
    sample alloy-uniform "$bromide" --scheme uniform --width 0.4 --count 100 --seed 7502 --decorate Br=Br,I --lattice "I=$iodide" --composition uniform
    label alloys alloys/cells gfn1-xtb "$work/alloy-phonon.xyz" "$work/alloy-uniform.xyz"
}

card() {
    draw_silver
    card_of "${PHONOGRAPH_ROUNDS:-25}" --ideal "$set_folder/../ag3sbr-xtb/ideal.xyz.gz"
    for folder in Ag3SI Ag3SCl Ag3SeBr Ag3SeI alloys; do
        [ ! -s "$set_folder/$folder/cells.xyz.gz" ] || "$phonograph" dataset "$set_folder/$folder/cells.xyz.gz" --quality --card "$set_folder/$folder/CARD.md" || [ $? -eq 1 ]
    done
}

for part in ${PHONOGRAPH_PARTS:-silver compounds alloys card}; do $part; done
