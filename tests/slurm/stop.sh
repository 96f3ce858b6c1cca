#!/usr/bin/env bash
# Ends the Slurm that start.sh started in a folder: its own processes alone, by number. The folder stays.
set -uo pipefail
folder=$(cd "${1:?Usage: stop.sh FOLDER}" && pwd -P)

ours() { # Whether a number still belongs to the program of that name.
    [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ]
}

if [ -f "$folder/slurmctld.pid" ]; then
    SLURM_CONF=$folder/slurm.conf timeout 20 scancel --user="$(id -un)" 2>/dev/null
    for _ in $(seq 1 50); do
        [ -z "$(SLURM_CONF=$folder/slurm.conf timeout 5 squeue --noheader 2>/dev/null)" ] && break
        sleep 0.2
    done
fi
for name in slurmd slurmctld munged; do
    pid=$(cat "$folder/$name.pid" 2>/dev/null) || continue
    ours "$pid" "$name" || continue
    kill "$pid"
    for _ in $(seq 1 100); do
        ours "$pid" "$name" || break
        sleep 0.1
    done
    ours "$pid" "$name" && kill -9 "$pid"
done
exit 0
