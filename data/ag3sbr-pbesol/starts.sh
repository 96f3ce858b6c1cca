#!/bin/sh
# Start models for P4 of docs/results/preregistration.md: sh data/ag3sbr-pbesol/starts.sh [WORK_FOLDER]. Trains networks at GFN1-xTB on the cells of this set and of ag3sbr-xtb that are kin to no test cell of comparison.yaml, and writes them to starts/.
# To be run when the set is complete, because the test cells depend on which cells there are. What is trained already is kept; 'phonograph study' refuses a start model that has seen a test cell.
set -eu
set_folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
phonograph=$set_folder/../../phonograph
work=${1:-$set_folder/../../run/$(basename "$set_folder")}
mkdir -p "$work" "$set_folder/starts"

# The seed is that of comparison.yaml.
"$phonograph" study divide "$set_folder/cells.xyz.gz" "$set_folder/frames/cells.xyz.gz" --seed 1 \
    --other-level "$set_folder/xtb/cells.xyz.gz" "$set_folder/../ag3sbr-xtb/cells.xyz.gz" --output "$work/division"

start() {
    model=$1
    shift
    for property in band_gap energy_per_atom vbm hydrostatic_stress; do
        "$phonograph" train "$work/division/pretraining.xyz.gz" --property $property --model "$model" "$@" --seed 1 --output "$set_folder/starts/$model-$property.safetensors"
    done
}

start m6 --hidden 64 --epochs 200 --patience 40
start painn --layers 2 --hidden 32 --learning-rate 0.002 --schedule cosine --warmup 3 --clip 1 --batch 8 --epochs 60 --patience 20
