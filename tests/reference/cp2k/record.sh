#!/bin/sh
# Runs CP2K on the inputs of every folder here and keeps what it wrote: sh record.sh. Needs cp2k and cp2k-data; a minute.
set -eu
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMPI_MCA_ess_singleton_isolated=1
for folder in */; do
    work=$(mktemp -d)
    cp "$folder"*.inp "$work"
    (
        cd "$work"
        if [ -f seed.inp ]; then cp2k.psmp -i seed.inp -o seed.out; fi
        cp2k.psmp -i job.inp -o job.out || echo "exit code $?"
    ) >"$work/said" 2>&1
    rm -f "$folder"job.out "$folder"job.forces "$folder"job.stress "$folder"job.states
    # Statistics of communication, the list of papers and the times, up to the number of warnings, are left out: nobody reads them, and the
    # name of the temporary folder.
    sed -e 's#\(PROGRAM STARTED IN\)  .*#\1  folder#' -e 's#\(PROGRAM STOPPED IN\)  .*#\1  folder#' -e '/DBCSR STATISTICS/,/The number of warnings/{/The number of warnings/!d;}' "$work/job.out" >"$folder"job.out
    for file in forces stress states; do
        if [ -f "$work/job.$file" ]; then cp "$work/job.$file" "$folder"; fi
    done
    echo "$folder $(grep -c . "$work/said" || true) lines said beside the files"
    rm -rf "$work"
done
