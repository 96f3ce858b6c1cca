#!/bin/sh
# Runs CP2K on the inputs of every folder here and keeps what it wrote: sh record.sh. Needs cp2k and cp2k-data; a minute.
set -eu
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMPI_MCA_ess_singleton_isolated=1 OMPI_MCA_orte_create_session_dirs=0
for folder in */; do
    work=$(mktemp -d)
    cp "$folder"*.inp "$work"
    (
        cd "$work"
        if [ -f seed.inp ]; then cp2k.psmp -i seed.inp -o seed.out; fi
        cp2k.psmp -i job.inp -o job.out || echo "exit code $?"
    ) >"$work/said" 2>&1
    rm -f "$folder"job.out "$folder"job.forces "$folder"job.stress "$folder"job.states "$folder"job.positions "$folder"job.velocities "$folder"job-1.* "$folder"job.bs "$folder"job-k*.pdos
    # Statistics of communication, the list of papers and the times, up to the number of warnings, are left out: nobody reads them, and the
    # name of the temporary folder.
    sed -e 's#\(PROGRAM STARTED IN\)  .*#\1  folder#' -e 's#\(PROGRAM STOPPED IN\)  .*#\1  folder#' -e '/DBCSR STATISTICS/,/The number of warnings/{/The number of warnings/!d;}' "$work/job.out" >"$folder"job.out
    for file in job.forces job.stress job.states job.positions job.velocities job-1.ener job.bs job-k1-1.pdos job-k2-1.pdos job-k3-1.pdos; do
        if [ -f "$work/$file" ]; then cp "$work/$file" "$folder"; fi
    done
    # Of the restart file of molecular dynamics the state of the random numbers is read; its time and place are left out.
    if [ -f "$work/job-1.restart" ]; then sed -e '/^ *# current/d' "$work/job-1.restart" >"$folder"job-1.restart; fi
    echo "$folder $(grep -c . "$work/said" || true) lines said beside the files"
    rm -rf "$work"
done
