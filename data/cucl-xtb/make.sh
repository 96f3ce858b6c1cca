#!/bin/sh
# Makes this data set: sh data/cucl-xtb/make.sh [WORK_FOLDER]. Needs CP2K; with OpenBLAS by estimate six hours on one core. Stopped or killed, the same command continues; what is complete is exported as it comes.
# Which cells, with which seeds, was written down before: docs/results/preregistration.md. Cells are labelled in rounds of 25 of each scheme.
# PHONOGRAPH_PARTS chooses parts (default: all, in this order): draws trajectories noise card. PHONOGRAPH_ROUNDS says how many rounds (default 8, all), PHONOGRAPH_STEPS how long the trajectory is (default 2100 steps of 2 fs).
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
. "$set_folder/../recipe.sh"
poscar=$effective/CuCl.vasp
constants=$effective/cucl-xtb-300K/FORCE_CONSTANTS

# matched SCHEME SEED: follows the thermal ensemble at 300 K.
matched() {
    sample "$1" "$poscar" --scheme "$1" --force-constants "$constants" --temperature 300 --statistics quantum --count 200 --seed "$2"
}

draw() {
    for width in 2 4 6 8; do
        sample "uniform-0.${width}A" "$poscar" --scheme uniform --width 0.$width --count 50 --seed 60${width}0
    done
    matched gaussian 6100
    matched gaussian-energy 6200
    matched species 6300
    matched einstein 6400
    matched phonon 6500
    ideal ideal "$poscar"
}

cells_of_round() {
    in_round "$1" 66 25 gaussian gaussian-energy species einstein phonon
    in_round "$1" 66 7 uniform-0.2A uniform-0.4A uniform-0.6A uniform-0.8A
}

draws() {
    label ideal ideal gfn1-xtb "$work/ideal.xyz"
    label_rounds "${PHONOGRAPH_ROUNDS:-8}" gfn1-xtb
}

trajectories() {
    # The chosen frames stay with the set: the trajectory costs more than their labels. Without that file it is run again.
    chosen=$set_folder/frames/chosen.xyz.gz
    if [ ! -s "$chosen" ]; then
        dynamics dynamics-300K "$poscar" gfn1-xtb 300 "${PHONOGRAPH_STEPS:-2100}" 2 1 "$constants" reject
        frames frames-300K 200 dynamics-300K
        mkdir -p "$set_folder/frames"
        gzip -9nc "$work/frames-300K.xyz" >"$chosen.new" && mv "$chosen.new" "$chosen"
    fi
    gzip -dc "$chosen" >"$work/frames-300K.xyz"
    label labels-frames frames/cells gfn1-xtb "$work/frames-300K.xyz"
}

# Noise: the first two cells of six schemes again, with tighter settings and a denser mesh.
noise() {
    for scheme in gaussian species einstein phonon uniform-0.4A uniform-0.8A; do head -n 132 "$work/$scheme.xyz"; done >"$work/noise.xyz"
    label noise-tight noise/tight "$set_folder/../ag3sbr-pbesol/noise/xtb-tight.inp" "$work/noise.xyz"
    label noise-mesh noise/mesh gfn1-xtb/k2x2x2 "$work/noise.xyz"
}

card() {
    card_of "${PHONOGRAPH_ROUNDS:-8}" --ideal "$set_folder/ideal.xyz.gz" --force-constants "$constants" --unit-cell "$poscar" --supercell 2,2,2
    for kind in tight mesh; do against cells.xyz.gz noise/$kind.xyz.gz noise/$kind; done
}

draw
for part in ${PHONOGRAPH_PARTS:-draws trajectories noise card}; do $part; done
