#!/usr/bin/env bash
# Starts a Slurm of one node in a folder of its own, for tests: munged, slurmctld and slurmd as the current user, without accounting.
# Usage: eval "$(bash tests/slurm/start.sh FOLDER)"      then: bash tests/slurm/stop.sh FOLDER
# Needs: apt-get install -y slurm-wlm munge
# Jobs of the partition urgent preempt those of the default one.
# PHONOGRAPH_SLURM_CPUS: cores that the node claims to have (default 4); tests need more tasks at once than a small machine has cores.
set -euo pipefail
folder=$(mkdir -p "${1:?Usage: start.sh FOLDER}" && cd "$1" && pwd -P)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
PATH=$PATH:/usr/sbin:/sbin
for program in munged slurmctld slurmd sbatch; do
    command -v "$program" >/dev/null || { echo "$program is missing: apt-get install -y slurm-wlm munge" >&2; exit 2; }
done

free_port() { # A port that nobody listens on now, from a number to begin with.
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

user=$(id -un)
node=$(hostname -s)
# Two ports of its own for each process, below those that systems give out: two that start at the same moment must not choose the same ones.
controller=$(free_port $((12000 + 2 * $$ % 20000)))
daemon=$(free_port $((controller + 1)))
mkdir -p "$folder/state" "$folder/spool"
chmod 700 "$folder"
(umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")

cat >"$folder/slurm.conf" <<CONF
ClusterName=phonograph
SlurmctldHost=$node(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
SlurmctldPort=$controller
SlurmdPort=$daemon
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2,max_array_tasks=1000
SlurmdParameters=config_overrides
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
ReturnToService=1
KillWait=2
MinJobAge=300
OverTimeLimit=0
NodeName=$node NodeAddr=127.0.0.1 CPUs=${PHONOGRAPH_SLURM_CPUS:-4} RealMemory=8000 State=UNKNOWN
PartitionName=test Nodes=$node Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=$node MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
CONF
printf "CgroupPlugin=cgroup/v1\nCgroupMountpoint=%s\n" "$folder/cgroup" >"$folder/cgroup.conf"

export SLURM_CONF=$folder/slurm.conf
fail() {
    echo "$1" >&2
    tail -n 20 "$folder"/*.log >&2 || true
    bash "$here/stop.sh" "$folder" >&2 || true
    exit 1
}

munged --force --key-file "$folder/munge.key" --socket "$folder/munge.socket" --pid-file "$folder/munged.pid" \
    --log-file "$folder/munged.log" --seed-file "$folder/munge.seed" </dev/null >"$folder/munged.out" 2>&1 || fail "munged did not start: $(cat "$folder/munged.out")"
slurmctld -c -f "$SLURM_CONF" </dev/null >"$folder/slurmctld.out" 2>&1 || fail "slurmctld did not start: $(cat "$folder/slurmctld.out")"
slurmd -c -N "$node" -f "$SLURM_CONF" </dev/null >"$folder/slurmd.out" 2>&1 || fail "slurmd did not start: $(cat "$folder/slurmd.out")"
end=$((SECONDS + 60))
while [ "$SECONDS" -lt "$end" ]; do
    ! grep -h "fatal:" "$folder/slurmctld.log" "$folder/slurmd.log" >&2 || fail "a daemon of Slurm ended"
    [ "$(sinfo --noheader --partition=test --format=%T 2>/dev/null)" = idle ] && break
    sleep 0.2
done
[ "$(sinfo --noheader --partition=test --format=%T 2>/dev/null)" = idle ] || fail "the node did not become idle in a minute"
echo "export SLURM_CONF='$SLURM_CONF'"
