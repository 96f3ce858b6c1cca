#!/bin/sh
# Makes these sets again: sh data/effective/make.sh [WORK_FOLDER]. Needs CP2K, and hours.
# Stopped or killed, the same command continues.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
phonograph=$here/../../phonograph
work=${1:-$here/../../run/effective}
workers=${PHONOGRAPH_WORKERS:-2}
silver=$here/../ag3sbr-xtb/POSCAR
copper=$here/CuCl.vasp
mkdir -p "$work"

# run NAME CRYSTAL LEVEL KELVIN SEED OPTIONS: one self-consistent run.
run() {
    name=$1 crystal=$2 level=$3 kelvin=$4 seed=$5
    shift 5
    "$phonograph" phonons effective "$crystal" --supercell 2,2,2 --temperature "$kelvin" --engine cp2k --level "$level" --workers "$workers" --seed "$seed" \
        --work "$work/$name" --output "$work/$name/out" "$@"
}

# gate NAME CRYSTAL LEVEL KELVIN STEPS FEMTOSECONDS RULE: molecular dynamics from the sites, beside the ensemble of run NAME-a.
gate() {
    "$phonograph" phonons gate "$2" --supercell 2,2,2 --engine cp2k --level "$3" --temperature "$4" --steps "$5" --time-step "$6" --seed 1 \
        --force-constants "$work/$1-a/out/FORCE_CONSTANTS" --soft-modes "$7" --work "$work/$1-gate" --output "$work/$1-gate/out"
}

# ship NAME CRYSTAL: what goes into the repository.
ship() {
    mkdir -p "$here/$1"
    cp "$2" "$here/$1/POSCAR"
    for file in FORCE_CONSTANTS effective.json frequencies.csv iterations.csv cells.xyz.gz; do cp "$work/$1-a/out/$file" "$here/$1/"; done
    cp "$work/$1-b/out/effective.json" "$here/$1/second-start.json"
    for file in gate.json gate.csv gate.svg; do cp "$work/$1-gate/out/$file" "$here/$1/"; done
    "$phonograph" phonons card "$here/$1"
}

# Ag3SBr at GFN1-xTB: the first start is harmonic, the second the other temperature's result.
run ag3sbr-xtb-300K-a "$silver" gfn1-xtb 300 21 --cells 20 --soft-modes floor:1
run ag3sbr-xtb-600K-a "$silver" gfn1-xtb 600 22 --cells 20 --precision 0.15 --soft-modes floor:1
run ag3sbr-xtb-300K-b "$silver" gfn1-xtb 300 23 --cells 20 --soft-modes floor:1 --start "$work/ag3sbr-xtb-600K-a/out/FORCE_CONSTANTS"
run ag3sbr-xtb-600K-b "$silver" gfn1-xtb 600 24 --cells 20 --precision 0.15 --soft-modes floor:1 --start "$work/ag3sbr-xtb-300K-a/out/FORCE_CONSTANTS"
for kelvin in 300 600; do
    gate ag3sbr-xtb-${kelvin}K "$silver" gfn1-xtb $kelvin 500 2 floor:1
    ship ag3sbr-xtb-${kelvin}K "$silver"
done

# CuCl at GFN1-xTB: the second start is a fit to cells displaced at random.
run cucl-xtb-300K-a "$copper" gfn1-xtb 300 41 --cells 16
"$phonograph" sample "$copper" --supercell 2,2,2 --scheme gaussian --width 0.15 --count 6 --seed 9 --output "$work/cucl-random.xyz"
"$phonograph" label "$work/cucl-random.xyz" --engine cp2k --level gfn1-xtb --workers "$workers" --campaign "$work/cucl-random" --export "$work/cucl-random-labelled.xyz.gz"
"$phonograph" phonons effective "$copper" --supercell 2,2,2 --fit "$work/cucl-random-labelled.xyz.gz" --output "$work/cucl-random-fit"
run cucl-xtb-300K-b "$copper" gfn1-xtb 300 42 --cells 16 --start "$work/cucl-random-fit/FORCE_CONSTANTS"
gate cucl-xtb-300K "$copper" gfn1-xtb 300 850 2 absolute-floor:0.5
ship cucl-xtb-300K "$copper"

# Ag3SBr at PBEsol, with as few labels as converge it: from the GFN1-xTB constants, and from harmonic ones.
run ag3sbr-pbesol-300K-a "$silver" pbesol 300 31 --cells 10 --precision 0.15 --soft-modes floor:1 --start "$work/ag3sbr-xtb-300K-a/out/FORCE_CONSTANTS"
run ag3sbr-pbesol-150K-a "$silver" pbesol 150 32 --cells 10 --precision 0.15 --soft-modes floor:1 --start "$work/ag3sbr-pbesol-300K-a/out/FORCE_CONSTANTS"
run ag3sbr-pbesol-300K-b "$silver" pbesol 300 33 --cells 10 --precision 0.15 --soft-modes floor:1
run ag3sbr-pbesol-150K-b "$silver" pbesol 150 34 --cells 10 --precision 0.15 --soft-modes floor:1
for kelvin in 300 150; do
    gate ag3sbr-pbesol-${kelvin}K "$silver" pbesol $kelvin 80 4 floor:1
    ship ag3sbr-pbesol-${kelvin}K "$silver"
done
