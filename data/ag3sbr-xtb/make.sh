#!/bin/sh
# Makes this data set again: sh data/ag3sbr-xtb/make.sh [WORK_FOLDER]. Needs CP2K; half an hour on two cores. Stopped or killed, the same
# command continues. The files of the set are written at the end of each part.
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
phonograph=$set_folder/../../phonograph
work=${1:-$set_folder/../../run/ag3sbr-xtb}
workers=${PHONOGRAPH_WORKERS:-2}
mkdir -p "$work"

label() {
    "$phonograph" label "$@" --engine cp2k --level gfn1-xtb --workers "$workers" --nice 10
}

# The undisplaced cell: what gaps and energies are compared with.
"$phonograph" crystal "$set_folder/POSCAR" --supercell 2,2,2 --output "$work/ideal.xyz"
label "$work/ideal.xyz" --campaign "$work/ideal" --export "$set_folder/ideal.xyz.gz" --failures "$work/ideal-failures.csv"

# Force constants: 30 displaced supercells, every atom along ±x, ±y, ±z (--all). Symmetry would need three of them.
"$phonograph" phonons displacements "$set_folder/POSCAR" --supercell 2,2,2 --amplitude 0.01 --all --output "$work/displacements.xyz"
label "$work/displacements.xyz" --campaign "$work/forces" --export "$set_folder/forces.xyz.gz" --failures "$work/forces-failures.csv"
"$phonograph" phonons constants "$set_folder/forces.xyz.gz" "$set_folder/POSCAR" --supercell 2,2,2 --output "$set_folder"

# 400 phonon-informed and 400 uniform random cells. Each temperature and width has a seed of its own: with a common seed the cells of one
# temperature would be scaled copies of those of another, and would leak from training into test sets.
for temperature in 150 300 450 600; do
    "$phonograph" sample "$set_folder/POSCAR" --supercell 2,2,2 --scheme phonon --force-constants "$set_folder/FORCE_CONSTANTS" \
        --temperature $temperature --statistics quantum --soft-modes absolute:0.5 --count 100 --seed 1$temperature --output "$work/phonon-${temperature}K.xyz"
done
for width in 0.2 0.4 0.6 0.8; do
    "$phonograph" sample "$set_folder/POSCAR" --supercell 2,2,2 --scheme uniform --width $width --count 100 --seed 2${width#0.} --output "$work/uniform-${width}A.xyz"
done
label "$work/phonon-150K.xyz" "$work/uniform-0.2A.xyz" "$work/phonon-300K.xyz" "$work/uniform-0.4A.xyz" \
    "$work/phonon-450K.xyz" "$work/uniform-0.6A.xyz" "$work/phonon-600K.xyz" "$work/uniform-0.8A.xyz" \
    --campaign "$work/labels" --export "$set_folder/cells.xyz.gz"

# Frames of molecular dynamics, where data/effective/make.sh has run its gates: tests only.
effective=$set_folder/../../run/effective
if [ -s "$effective/ag3sbr-xtb-600K-gate/out/trajectory.xyz.gz" ]; then
    for temperature in 300 600; do
        "$phonograph" phonons frames "$effective/ag3sbr-xtb-${temperature}K-gate/out/trajectory.xyz.gz" --settling-time 200 --least-spacing 40 --count 25 --output "$work/frames-${temperature}K.xyz"
    done
    label "$work/frames-300K.xyz" "$work/frames-600K.xyz" --campaign "$work/frames" --export "$set_folder/frames.xyz.gz" --failures "$work/frames-failures.csv"
fi
"$phonograph" dataset "$set_folder/cells.xyz.gz" --drawn "$work"/phonon-*.xyz "$work"/uniform-*.xyz --ideal "$set_folder/ideal.xyz.gz" \
    --force-constants "$set_folder/FORCE_CONSTANTS" --unit-cell "$set_folder/POSCAR" --supercell 2,2,2 --card "$set_folder/CARD.md"
