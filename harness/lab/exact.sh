#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# exact.sh [OPTIONS of scxbench bench]   what operations cost in instructions, counted exactly: a run of its own kind,
# stored and reported like any other. A block is a seed, and each seed a boot of one emulated guest that has nothing but
# an initramfs (exact/boot.sh).
#
# The first seed is booted twice. Unless both boots leave the same bytes, nothing is stored or reported, and the exit
# code is 1. Boots run beside each other, one a CPU of this machine.
#   SEEDS        "1..8" or "1 5 9" (default: 1..8)
#   CPUS         of the guest (default: 1)
#   PROFILE=1    instructions by function too, of the first seed: profile.txt beside the run's samples
#   FIGURES=FILE only write the first seed's costs to FILE, a line "WORKLOAD POLICY INSTRUCTIONS": one boot, nothing is stored
#   LAB_RUN=  LAB_RESULTS=  LAB_KERNEL=  LAB_FILES=  as for bench.sh
. "$(dirname "$0")/lib.sh"

EXACT=/tmp/exact # where the lab's root has $WORK
SIMPLE_THERE=/tmp/scx_simple.bpf.o
BARE=/src/.build/lab/tests/exact/bare/bare.bpf.o
ID=$(new_run)
RUN=$RESULTS/runs/$ID

# seeds   one a line
seeds() {
	for word in ${SEEDS:-1..8}; do
		case $word in
		*[!0-9.]* | .* | *. | *..*..* | *...*) return 1 ;;
		*..*) seq "${word%..*}" "${word#*..}" ;;
		*.*) return 1 ;;
		*) echo "$word" ;;
		esac
	done
}

# names OPTION... -- OPTIONS   is one of these options among them?
names() {
	wanted=
	while [ "$1" != -- ]; do wanted="$wanted $1"; shift; done
	shift
	for arg in "$@"; do
		for option in $wanted; do
			case $option:$arg in --*:"$option" | --*:"$option"=* | -?:"$option"*) return 0 ;; esac
		done
	done
	return 1
}

# in_root COMMAND...   in the lab's root, with our directory and the kernel
in_root() {
	LAB_BIND="$WORK:$EXACT
$KERNEL:/tmp/vmlinuz${SIMPLE:+
$SIMPLE:$SIMPLE_THERE}" "$LAB_DIR/chroot.sh" env EXACT_CPUS="${CPUS:-1}" "$@"
}

# files OPTIONS...   the words that may be files of which policies are made, and this tree's workloads that are named: a file
# each, where the lab has it
files() {
	[ -z "$SIMPLE" ] || echo "$SIMPLE_THERE"
	for workload in "$SRC"/.build/lab/workloads/*; do
		workload=${workload##*/}
		for arg in "$@"; do
			arg=${arg#--workload=}
			case ${arg#-w} in "$workload" | "$workload"-*) echo "/src/.build/lab/workloads/$workload" && break ;; esac
		done
	done
	for arg in "$@"; do
		echo "$arg" | tr -s '=:# ' '\n' | grep -E '/|\.o$' || :
		case $arg in *cmd:*) arg=${arg#*cmd:}; echo "${arg%% *}" ;; esac
	done
}

# The boots: a line each, NAME SHARE SEED [PROFILE]. The profile is of the first seed, whose counts it does not alter.
boots() {
	share=0
	for seed in $ALL; do
		share=$((share + 1))
		echo "$share $share $seed${PROFILE:+ ${PROFILED:-profile}}"
		[ -z "${FIGURES:-}" ] || return 0
		[ "$share" != 1 ] || { PROFILED=" "; echo "again 1 $seed${PROFILE:+ again}"; }
	done
}

# boot NAME SHARE SEED [PROFILE]   a guest; what it wrote is then in $WORK/NAME
boot() {
	name=$1
	mkdir "$WORK/$name"
	shift
	in_root /src/harness/lab/exact/boot.sh "$EXACT/$name" "$@" || return
	tar -x -C "$WORK/$name" -f "$WORK/$name/run.tar" 2>/dev/null ||
		echo "the guest ended early: $(tail -1 "$WORK/$name/console")" >"$WORK/$name/why"
}

# lane N   every boot of that lane, one after the other
lane() {
	awk -v n="$1" -v lanes="$LANES" 'NR % lanes == n % lanes' "$WORK/boots" | while read -r line; do
		# shellcheck disable=SC2086  # words
		boot $line
	done
}

stop() {
	cat "$WORK"/*/pid 2>/dev/null | xargs -r kill 2>/dev/null
	exit 130
}

# check_boots   what failed, of all boots
check_boots() {
	while read -r name _ seed _; do
		[ -f "$WORK/$name/status" ] || die 1 "seed $seed: $(cat "$WORK/$name/why" "$WORK/$name/qemu.log" 2>/dev/null | head -1)"
		code=$(cat "$WORK/$name/status")
		[ "$code" = 0 ] || { sed 's/^scxbench: //' "$WORK/$name/said" | grep -v ' is attached$' >&2; }
		case $code in 0 | 1) ;; *) die "$code" "seed $seed: the run ended with $code" ;; esac
		[ "$code" = 0 ] || rc=1
	done <"$WORK/boots"
}

# check_same   both boots of the first seed
check_same() {
	cmp -s "$WORK/1/run.tar" "$WORK/again/run.tar" && return
	say "the first seed was booted twice, and the boots differ, so nothing is reported:"
	(cd "$WORK" && diff -rq 1/runs again/runs | sed 's/^/  /'
	figures 1 >1/figures && figures again >again/figures && diff 1/figures again/figures | grep '^[<>]' || :) >&2
	exit 1
}

# figures NAME   WORKLOAD POLICY INSTRUCTIONS of the samples of a boot that are good
figures() {
	sed -n 's/.*"policy":"\([^"]*\)","workload":"\([^"]*\)".*"status":"ok".*"name":"cost",[^}]*"value":\([0-9.]*\).*/\2 \1 \3/p' \
		"$WORK/$1"/runs/exact/sample-*.json | sort | awk '{ printf "%s %s %.2f\n", $1, $2, $3 }'
}

# table   the mean of all seeds, of every workload and policy, for a terminal
table() {
	for share in $(seq "$nr"); do figures "$share"; done | awk -v seeds="$nr" '
		!($1 in row) { row[$1]; work[++works] = $1 }
		!($2 in column) { column[$2]; policy[++policies] = $2 }
		{ sum[$1, $2] += $3; n[$1, $2]++ }
		END {
			printf "%-24s", "instructions"
			for (p = 1; p <= policies; p++) printf " %12.12s", policy[p]
			for (w = 1; w <= works; w++) {
				printf "\n%-24s", work[w]
				for (p = 1; p <= policies; p++) {
					key = work[w] SUBSEP policy[p]
					if (n[key] == seeds) printf " %12.1f", sum[key] / seeds
					else printf " %12s", "absent"
				}
			}
			printf "\n\n"
		}'
}

# as_json WORDS   quoted for JSON, and for the replacement of sed
as_json() { printf %s "$1" | sed 's/["\\]/\\&/g; s/[&|\\]/\\&/g'; }

# assemble   one run of all shares: the last one's description has the end; its start is that of this command, and what
# only one boot or this script's files are called is taken out
assemble() {
	mkdir -p "$RUN/logs"
	while read -r name share _; do
		[ "$name" = "$share" ] || continue
		cp "$WORK/$name"/runs/exact/sample-*.json "$RUN/"
		cp "$WORK/$name"/runs/exact/logs/* "$RUN/logs/"
		cat "$WORK/$name/runs/exact/boots" >>"$RUN/boots"
	done <"$WORK/boots"
	given=$(echo ${SEEDS:-1..8})
	sed "s|\"id\":\"exact\"|\"id\":\"$(as_json "$ID")\"|
		s| exact\.boot=[0-9]*\( exact\.profile=1\)*||
		s|bare=$BARE|bare|g; s|scx_simple=$SIMPLE_THERE|scx_simple|g
		s|\"started_ns\":[0-9]*|\"started_ns\":$BEGAN|
		s|\"command\":\"make exact|&$(as_json " SEEDS=\"$given\"${CPUS:+ CPUS=$CPUS}")|
		s|\"env\":{|&\"exact.seeds\":\"$given\",\"exact.qemu\":\"$(as_json "$(in_root qemu-system-x86_64 --version | sed -n '1s/.*version //p')")\",|" \
		"$WORK/$(echo "$ALL" | wc -l)/runs/exact/run.json" >"$RUN/run.json"
}

ALL=$(seeds) && [ -n "$ALL" ] || die 2 "SEEDS=$SEEDS: give numbers, or a range like 1..8"
case ${CPUS:-1} in *[!0-9]* | 0) die 2 "CPUS=$CPUS: give a number" ;; esac
BEGAN=$(date +%s)000000000 rc=0 SIMPLE=""
KERNEL=$("$LAB_DIR/kernel.sh")
if ! names -s --policy -- "$@"; then
	SIMPLE=$("$LAB_DIR/scx-simple.sh") || { SIMPLE=""; say "without scx_simple, which can't be had here"; }
	for policy in fair bare ${SIMPLE:+scx_simple} "$SRC"/schedulers/*/*.bpf.c; do
		policy=${policy##*/}
		set -- "$@" -s "${policy%.bpf.c}"
	done
fi
# The two that this tree or the kernel's brings.
for arg in "$@"; do
	shift
	case $arg in
	bare) arg=bare=$BARE ;;
	scx_simple)
		arg=scx_simple=$SIMPLE_THERE
		SIMPLE=$("$LAB_DIR/scx-simple.sh") || exit
		;;
	esac
	set -- "$@" "$arg"
done
if ! names -w --workload -- "$@"; then
	for workload in $("$LAB_DIR/chroot.sh" /src/.build/lab/workloads/exact --describe | sed -n 's/^variant \([^ ]*\).*/\1/p'); do
		set -- "$@" -w "exact-$workload"
	done
fi

mkdir -p "$RESULTS/.lab" 2>/dev/null && WORK=$(mktemp -d "$RESULTS/.lab/exact.XXXXXX") ||
	die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="
trap 'rm -rf "$WORK"' EXIT
trap stop INT TERM HUP
boots >"$WORK/boots"
nr=$(echo "$ALL" | wc -l)
# The run, as each guest takes its share of it.
{
	printf 'cd '; quote "${LAB_CWD:-/src}"; echo ' || exit'
	printf 'exec /src/.build/lab/scxbench bench --where lab --plan exact --files-only --results /tmp/results --run-id exact'
	printf ' --seed %s --blocks %s --restarts %s --boot "$1"' "$(echo "$ALL" | head -1)" "$nr" "$nr"
	for arg in "$@"; do printf ' '; quote "$arg"; done
	echo
} >"$WORK/bench"
# shellcheck disable=SC2046  # a file a word
in_root sh -c 'for part in counter turns; do
		gcc -O2 -shared -fPIC -D_GNU_SOURCE -o "$1/$part.so" "/src/harness/lab/exact/$part.c" || exit; done
	shift; exec /src/harness/lab/exact/initrd.sh "$@"' sh "$EXACT" "$EXACT/initrd" "$EXACT/bench" $(files "$@") ||
	die 1 "the exact lab could not be made"

LANES=$(nproc)
n=0
while [ "$n" -lt "$LANES" ]; do
	lane "$n" &
	n=$((n + 1))
done
wait
check_boots
if [ -n "${FIGURES:-}" ]; then
	figures 1 >"$FIGURES"
	exit "$rc"
fi
check_same
assemble
[ -z "${PROFILE:-}" ] || in_root /src/harness/lab/exact/profile.sh "$EXACT/1" >"$RUN/profile.txt"
on_host store "/tmp/results/runs/$ID" && report=$(on_host report "$ID") || exit 1
table
printf '%s\n' "$report" | shown
[ -z "${PROFILE:-}" ] || echo "$RUN/profile.txt"
exit "$rc"
