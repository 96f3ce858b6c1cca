#!/bin/sh
# Makes this data set: sh data/ag3sbr-pbesol/make.sh [WORK_FOLDER]. Needs CP2K; five hours on one core for the draws. Stopped or killed, the same command continues.
# Which cells, with which seeds, was written down before: docs/results/preregistration.md. Cells are labelled in rounds of ten of each stratum; PHONOGRAPH_ROUNDS says how many rounds (default 10, all).
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
phonograph=$set_folder/../../phonograph
work=${1:-$set_folder/../../run/ag3sbr-pbesol}
workers=${PHONOGRAPH_WORKERS:-2}
rounds=${PHONOGRAPH_ROUNDS:-10}
mkdir -p "$work"

sample() {
    name=$1
    shift
    [ -s "$work/$name.xyz" ] || "$phonograph" sample "$set_folder/POSCAR" --supercell 2,2,2 "$@" --output "$work/$name.xyz"
}

for temperature in 150 300; do
    constants=$set_folder/../effective/ag3sbr-pbesol-${temperature}K/FORCE_CONSTANTS
    sample phonon-${temperature}K --scheme phonon --force-constants "$constants" --temperature $temperature --statistics quantum --soft-modes floor:1 --count 100 --seed 3$temperature
    sample einstein-${temperature}K --scheme einstein --force-constants "$constants" --temperature $temperature --statistics quantum --soft-modes floor:1 --count 100 --seed 4$temperature
done
for width in 0.2 0.4 0.6 0.8; do
    sample uniform-${width}A --scheme uniform --width $width --count 25 --seed 50${width#0.}0
done

[ -s "$work/ideal.xyz" ] || "$phonograph" crystal "$set_folder/POSCAR" --supercell 2,2,2 --output "$work/ideal.xyz"
"$phonograph" label "$work/ideal.xyz" --engine cp2k --level pbesol --campaign "$work/ideal" --export "$set_folder/ideal.xyz.gz" --failures "$work/ideal-failures.csv"

# A frame has 42 lines.
round=0
while [ "$round" -lt "$rounds" ]; do
    [ -d "$work/round-$round" ] || mkdir "$work/round-$round"
    for file in "$work"/phonon-*.xyz "$work"/einstein-*.xyz "$work"/uniform-*.xyz; do
        awk -v round="$round" 'int((NR - 1) / 420) == round' "$file" >"$work/round-$round/$(basename "$file")"
    done
    find "$work/round-$round" -name '*.xyz' -size 0 -delete
    "$phonograph" label "$work/round-$round"/*.xyz --engine cp2k --level pbesol --workers "$workers" --nice 10 --campaign "$work/labels" --export "$set_folder/cells.xyz.gz" --failures "$set_folder/failures.csv"
    round=$((round + 1))
done
