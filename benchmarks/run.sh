#!/bin/sh
# All benchmarks, with peers side by side where they are installed: sh benchmarks/run.sh [SECONDS] [--anyway]. Needs an idle machine: each part
# prints the load and refuses to run above 0.3, so the script waits for the load to fall between parts. Peers: Debian's python3-pymatgen
# with python3-ase, python3-phonopy, and python3-torch with libopenblas0-pthread. OPENBLAS_CORETYPE is unset for them, so that OpenBLAS chooses the fastest kernel.
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OMP_NUM_THREADS || true
folder=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
seconds=${1:-10}
anyway=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

quiet() {
    [ -n "$anyway" ] && return 0
    waited=0
    while [ "$(awk '{ print ($1 > 0.3) }' /proc/loadavg 2>/dev/null || echo 0)" = 1 ] && [ "$waited" -lt 300 ]; do
        sleep 5
        waited=$((waited + 5))
    done
}

benchmark() {
    quiet
    dotnet "$folder/../artifacts/bin/Phonograph.Benchmarks/release/Phonograph.Benchmarks.dll" "$@" --seconds "$seconds" $anyway
}

dotnet build "$folder/Phonograph.Benchmarks" --configuration Release --nologo --verbosity quiet >/dev/null
dotnet build-server shutdown >/dev/null 2>&1 || true
echo "date     $(date -u +%Y-%m-%d)"
echo "commit   $(git -C "$folder" describe --always --dirty 2>/dev/null || echo unknown)"
echo "machine  $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) processors, .NET $(dotnet --version)"

echo
echo "== graphs: 40-atom cells to periodic graphs"
benchmark graphs --write "$work/cells.xyz"
python=$(command -v /usr/bin/python3 || command -v python3 || true)
if [ -n "$python" ] && "$python" -c 'import pymatgen.core, ase.io' 2>/dev/null; then
    quiet
    "$python" "$folder/pymatgen_neighbours.py" "$work/cells.xyz" "$seconds"
else
    echo "pymatgen: not here (apt-get install -y python3-pymatgen python3-ase)"
fi

echo
echo "== phonons: forces to force constants, mesh, draws"
benchmark phonons --write "$work/quartz"
if [ -n "$python" ] && "$python" -c 'import phonopy' 2>/dev/null; then
    quiet
    "$python" "$folder/phonopy_phonons.py" "$seconds" "$work/quartz"
else
    echo "phonopy: not here (apt-get install -y python3-phonopy)"
fi

echo
echo "== campaigns: a journal of 100,000 jobs"
benchmark journal

echo
echo "== campaigns: what they cost beside CP2K"
benchmark overhead

torch=no
if [ -n "$python" ] && "$python" -c 'import torch' 2>/dev/null; then
    torch=yes
else
    echo "PyTorch: not here (apt-get install -y python3-torch libopenblas0-pthread)"
fi

echo
echo "== limits of the processor in single precision"
for threads in 1 2; do
    benchmark peak --threads "$threads"
done
[ "$torch" = no ] || { quiet; "$python" -W ignore "$folder/pytorch_training.py" --peak --seconds "$seconds"; }

for shape in "128 2" "64 3" "256 4"; do
    hidden=${shape% *} layers=${shape#* }
    echo
    echo "== training and prediction: hidden $hidden, layers $layers"
    [ "$torch" = no ] || { quiet; "$python" -W ignore "$folder/pytorch_training.py" --hidden "$hidden" --layers "$layers" --seconds "$seconds"; }
    for threads in 1 2; do
        benchmark training --threads "$threads" --hidden "$hidden" --layers "$layers"
    done
done

echo
echo "== explanations: learned masks of one network on the same structures, in one run"
benchmark explain
