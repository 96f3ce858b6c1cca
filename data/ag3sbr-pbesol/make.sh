#!/bin/sh
# Makes this data set: sh data/ag3sbr-pbesol/make.sh [WORK_FOLDER]. Needs CP2K; by estimate fifteen hours on one core. Stopped or killed, the same command continues; what is complete is exported as it comes.
# Which cells, with which seeds, was written down before: docs/results/preregistration.md. Cells are labelled in rounds of ten of each stratum.
# PHONOGRAPH_PARTS chooses parts (default: all, in this order): draws trajectories xtb noise card. PHONOGRAPH_ROUNDS says how many rounds (default 10, all), PHONOGRAPH_STEPS how long the trajectories are (default 450 steps of 4 fs).
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
. "$set_folder/../recipe.sh"
poscar=$set_folder/POSCAR

constants() { echo "$effective/ag3sbr-pbesol-$1K/FORCE_CONSTANTS"; }

thermal() {
    sample "$1-$2K" "$poscar" --scheme "$1" --force-constants "$(constants "$2")" --temperature "$2" --statistics quantum --soft-modes floor:1 --count 100 --seed "$3"
}

draw() {
    thermal phonon 150 3150
    thermal einstein 150 4150
    thermal phonon 300 3300
    thermal einstein 300 4300
    for width in 2 4 6 8; do
        sample "uniform-0.${width}A" "$poscar" --scheme uniform --width 0.$width --count 25 --seed 50${width}0
    done
    ideal ideal "$poscar"
}

cells_of_round() { in_round "$1" 42 10 phonon-150K phonon-300K einstein-150K einstein-300K uniform-0.2A uniform-0.4A uniform-0.6A uniform-0.8A; }

draws() {
    label ideal ideal pbesol "$work/ideal.xyz"
    label_rounds "${PHONOGRAPH_ROUNDS:-10}" pbesol
}

trajectories() {
    dynamics dynamics-150K "$poscar" pbesol 150 "${PHONOGRAPH_STEPS:-450}" 4 1 "$(constants 150)" floor:1
    dynamics dynamics-300K "$poscar" pbesol 300 "${PHONOGRAPH_STEPS:-450}" 4 2 "$(constants 300)" floor:1
    frames frames-150K 25 dynamics-150K
    frames frames-300K 25 dynamics-300K
    label labels-frames frames/cells pbesol "$work/frames-150K.xyz" "$work/frames-300K.xyz"
}

# The same cells and frames at GFN1-xTB.
xtb() {
    label xtb-ideal xtb/ideal gfn1-xtb "$work/ideal.xyz"
    label xtb-labels xtb/cells gfn1-xtb "$work"/phonon-*.xyz "$work"/einstein-*.xyz "$work"/uniform-*.xyz
    [ ! -s "$work/frames-300K.xyz" ] || label xtb-frames frames-xtb/cells gfn1-xtb "$work/frames-150K.xyz" "$work/frames-300K.xyz"
}

# Noise: the first two cells of six strata again, with tighter settings, a larger basis, a denser mesh.
noise() {
    for file in phonon-150K phonon-300K einstein-150K einstein-300K uniform-0.4A uniform-0.8A; do head -n 84 "$work/$file.xyz"; done >"$work/noise.xyz"
    label noise-xtb-tight noise/xtb-tight "$set_folder/noise/xtb-tight.inp" "$work/noise.xyz"
    label noise-xtb-mesh noise/xtb-mesh gfn1-xtb/k2x2x2 "$work/noise.xyz"
    label noise-basis noise/basis "$set_folder/noise/basis.inp" "$work/noise.xyz"
    label noise-mesh noise/mesh pbesol/k2x2x2 "$work/noise.xyz"
    label noise-tight noise/tight "$set_folder/noise/tight.inp" "$work/noise.xyz"
}

card() {
    card_of "${PHONOGRAPH_ROUNDS:-10}" --ideal "$set_folder/ideal.xyz.gz" --force-constants "$(constants 300)" --unit-cell "$poscar" --supercell 2,2,2
    against xtb/cells.xyz.gz cells.xyz.gz levels
    for kind in tight basis mesh; do against cells.xyz.gz noise/$kind.xyz.gz noise/$kind; done
    for kind in tight mesh; do against xtb/cells.xyz.gz noise/xtb-$kind.xyz.gz noise/xtb-$kind; done
}

draw
for part in ${PHONOGRAPH_PARTS:-draws trajectories xtb noise card}; do $part; done
