#!/bin/sh
# The published grid of 480 settings, each trained to the end, against successive halving with three seeds, on the shipped labels:
# sh docs/results/tuning/make.sh [WORK_FOLDER] [OUTPUT_FOLDER]. Stopped or killed, the same command continues.
# TUNING_EPOCHS, TUNING_CELLS and TUNING_SPACE make a small trial of it; TUNING_THREADS changes no number.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
root=$here/../../..
work=${1:-$root/run/tuning}
output=${2:-$here}
epochs=${TUNING_EPOCHS:-100}
cells=${TUNING_CELLS:-200}
space=${TUNING_SPACE:-published}
threads=${TUNING_THREADS:-$(getconf _NPROCESSORS_ONLN)}
phonograph=${TUNING_PHONOGRAPH:-$root/phonograph}
mkdir -p "$work" "$output"

# search NAME OPTIONS...: one search; no training stops early, so that every trial of the grid has all its epochs.
search() {
    name=$1
    shift
    "$phonograph" tune "$root/data/ag3sbr-xtb/cells.xyz.gz" --property band_gap --cells "$cells" --epochs "$epochs" --patience "$epochs" \
        --threads "$threads" --work "$work/$name-work" --output "$work/$name" "$@"
}

for seed in 1 2 3; do
    search "asha-$seed" --space "$space" --strategy asha --seed "$seed" --training-seed "$seed"
done
search grid --space "$space" --strategy grid
# How far chance moves the error of the best settings of the grid: three training seeds.
search spread --space "$work/grid/best-cells.yaml" --strategy grid --seeds 3

"$phonograph" tune --compare "$work/grid" "$work/asha-1" "$work/asha-2" "$work/asha-3" "$work/spread" --output "$output"
for name in grid asha-1 asha-2 asha-3; do
    gzip -9nc "$work/$name/trials.csv" >"$output/trials-$name.csv.gz"
done

# The comparison in words: is the best error of each seed that of the grid, within the spread of the best settings over three training seeds?
awk -F, '
    NR == 1 { for (column = 1; column <= NF; column++) { place[$column] = column } next }
    { error[$place["search"]] = $place["best_validation_mae"]; share[$place["search"]] = $place["share_of_first"]; steps[$place["search"]] = $place["graph_steps"]; unit = $place["unit"] }
    $place["search"] == "spread" {
        count = split($place["validation_mae_of_each_seed"], each, " ")
        low = high = each[1]
        for (seed = 2; seed <= count; seed++) { if (each[seed] + 0 < low + 0) { low = each[seed] } if (each[seed] + 0 > high + 0) { high = each[seed] } }
    }
    END {
        printf "grid: %.5f %s after %d graph-steps; its best settings over %d training seeds: %.5f to %.5f\n", error["grid"], unit, steps["grid"], count, low, high
        for (seed = 1; seed <= 3; seed++) {
            name = "asha-" seed
            within = error[name] - error["grid"] <= high - low ? "within the spread" : "NOT within the spread"
            printf "%s: %.5f %s, %+.5f from the grid (%s), with %.1f %% of its graph-steps\n", name, error[name], unit, error[name] - error["grid"], within, 100 * share[name]
        }
    }' "$output/comparison.csv" | tee "$output/comparison.txt"
