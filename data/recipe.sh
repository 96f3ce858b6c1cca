# Sourced by the make.sh of the sets: paths and the steps that they share. Expects set_folder; the working folder is the first argument of make.sh, by default run/ with the set's name.
# Variables of sh are global: these functions set name, crystal, lines, cells, round, campaign, export, level, option, failures, rounds, number, kind; a make.sh keeps nothing in them across a call.
phonograph=$set_folder/../../phonograph
work=${1:-$set_folder/../../run/$(basename "$set_folder")}
workers=${PHONOGRAPH_WORKERS:-2}
effective=$set_folder/../effective
mkdir -p "$work"

# sample NAME POSCAR OPTIONS: drawn once, kept in the working folder.
sample() {
    name=$1 crystal=$2
    shift 2
    [ -s "$work/$name.xyz" ] || "$phonograph" sample "$crystal" --supercell 2,2,2 "$@" --output "$work/$name.xyz"
}

# ideal NAME POSCAR: the supercell at rest.
ideal() {
    [ -s "$work/$1.xyz" ] || "$phonograph" crystal "$2" --supercell 2,2,2 --output "$work/$1.xyz"
}

# in_round ROUND LINES CELLS NAME...: the cells of a round, CELLS from each of the drawn files (13 and 12 by turns when that is 12.52) as long as they last; a frame has LINES lines.
in_round() {
    round=$1 lines=$2 cells=$3
    shift 3
    mkdir -p "$work/round-$round"
    for name in "$@"; do
        awk -v round="$round" -v lines="$lines" -v cells="$cells" 'int(int((NR - 1) / lines) / cells) == round' "$work/$name.xyz" >"$work/round-$round/$name.xyz"
        [ -s "$work/round-$round/$name.xyz" ] || rm "$work/round-$round/$name.xyz"
    done
}

# label_rounds ROUNDS LEVEL: labels the cells of a set round after round; cells_of_round ROUND of its make.sh says which they are.
label_rounds() {
    rounds=$1 level=$2 number=0
    while [ "$number" -lt "$rounds" ]; do
        cells_of_round "$number"
        label labels cells "$level" "$work/round-$number"/*.xyz
        number=$((number + 1))
    done
}

# label CAMPAIGN EXPORT LEVEL FILE...: EXPORT is a path in the set's folder without extension; failures go to failures.csv beside it. A LEVEL that ends in .inp is a template.
# What was exported before the campaign began, in an earlier working folder, is not computed again.
label() {
    campaign=$1 export=$set_folder/$2 level=$3
    shift 3
    case $level in *.inp) option=--template ;; *) option=--level ;; esac
    mkdir -p "$(dirname "$export")"
    failures=$(dirname "$export")/failures.csv
    [ "$(basename "$export")" = cells ] || failures=$work/$campaign-failures.csv
    if [ ! -d "$work/$campaign" ] && [ -s "$export.xyz.gz" ]; then
        mkdir -p "$(dirname "$work/$campaign")"
        cp "$export.xyz.gz" "$work/$campaign-known.xyz.gz"
    fi
    [ ! -s "$work/$campaign-known.xyz.gz" ] || set -- "$@" --known "$work/$campaign-known.xyz.gz"
    "$phonograph" label "$@" --engine cp2k $option "$level" --workers "$workers" --nice 10 --campaign "$work/$campaign" --export "$export.xyz.gz" --failures "$failures"
}

# dynamics NAME POSCAR LEVEL KELVIN STEPS FEMTOSECONDS SEED CONSTANTS RULE: molecular dynamics from the sites; more steps go on from where an earlier call ended.
dynamics() {
    "$phonograph" phonons gate "$2" --supercell 2,2,2 --engine cp2k --level "$3" --temperature "$4" --steps "$5" --time-step "$6" --seed "$7" --nice 10 \
        --force-constants "$8" --soft-modes "$9" --work "$work/$1" --output "$work/$1/out"
}

# frames NAME COUNT TRAJECTORY: frames to label, the first 0.2 ps left out.
frames() {
    "$phonograph" phonons frames "$work/$3/out/trajectory.xyz.gz" --settling-time 200 --least-spacing 40 --count "$2" --output "$work/$1.xyz"
}

# against CELLS OTHER NAME: labels of the same cells beside each other, where both exist.
against() {
    [ ! -s "$set_folder/$2" ] || "$phonograph" dataset "$set_folder/$1" --against "$set_folder/$2" --comparison "$set_folder/$3"
}

# card_of ROUNDS OPTIONS...: the data card of the cells of complete rounds, with the noise of their labels and the times of their campaign where these are. Exit code 1 of 'dataset' says that a division would leak, which the card does not ask.
card_of() {
    rounds=$1
    shift
    set -- "$@" --drawn
    number=0
    while [ "$number" -lt "$rounds" ]; do
        cells_of_round "$number"
        set -- "$@" "$work/round-$number"/*.xyz
        number=$((number + 1))
    done
    [ ! -d "$work/labels" ] || set -- "$@" --campaign "$work/labels"
    for kind in tight basis mesh; do [ ! -s "$set_folder/noise/$kind.xyz.gz" ] || set -- "$@" --noise "$set_folder/noise/$kind.xyz.gz"; done
    "$phonograph" dataset "$set_folder/cells.xyz.gz" --quality --card "$set_folder/CARD.md" "$@" || [ $? -eq 1 ]
}
