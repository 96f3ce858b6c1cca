#!/usr/bin/env bash
# Records what the commands of Slurm print about an array whose tasks end in different ways: bash record.sh FOLDER
# Starts a Slurm of its own (tests/slurm/start.sh) and ends it. Takes two and a half minutes: a time limit is a minute at least.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mkdir -p "$1" && cd "$1" && pwd)
eval "$(bash "$here/../../slurm/start.sh" "$work/slurm")"
trap 'bash "$here/../../slurm/stop.sh" "$work/slurm"' EXIT
node=$(hostname -s)
cd "$work"
look() { squeue --array --noheader --states=all '--format=%i|%T|%r|%N|%j' --name=phonograph-recorded | sed "s/|$node|/|node1|/"; }

cat >"$work/tasks.sh" <<'TASKS'
#!/bin/bash
#SBATCH --job-name=phonograph-recorded
#SBATCH --array=1-8%3
#SBATCH --output=/dev/null
#SBATCH --no-requeue
#SBATCH --mem=100M
#SBATCH --time=00:00:30
case $SLURM_ARRAY_TASK_ID in
    1) true ;;
    2) exit 7 ;;
    3) kill -9 $$ ;;
    *) sleep 600 ;;
esac
TASKS
sbatch --parsable "$work/tasks.sh" >"$here/sbatch.txt"
job=$(cat "$here/sbatch.txt")
until [ "$(look | grep -c RUNNING)" = 3 ]; do sleep 1; done
look >"$here/squeue-running.txt"
scancel "${job}_6"
until [ "$(look | grep -c TIMEOUT)" -ge 2 ]; do sleep 1; done
until [ "$(look | grep -c RUNNING)" -ge 1 ]; do sleep 1; done
scontrol update nodename="$node" state=down reason=recorded
until look | grep -q NODE_FAIL; do sleep 1; done
look >"$here/squeue-ended.txt"
scontrol --oneliner show job "${job}_2" | sed -e "s/=$node /=node1 /g" -e "s|$work|/work|g" >"$here/scontrol-job.txt"
scontrol show config | grep -E '^(AccountingStorageType|ClusterName|MaxArraySize|MinJobAge|SLURM_VERSION) ' >"$here/scontrol-config.txt"
