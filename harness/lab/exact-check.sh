#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# exact-check.sh [exact-NAME...]
#                           do our policies need as many instructions as tests/exact/figures says? Prints what differs; ends
#                           with 1 if anything needs more than ALLOW percent more (1; exact/differ.awk), with 77 where it
#                           can't be compared: another kernel, QEMU or compiler is another figure
# exact-check.sh --accept   writes that file
# exact-check.sh --baseline OLD [OPTIONS] NEW   the same of two policies: what 'scxbench exact' runs
. "$(dirname "$0")/lib.sh"

FIGURES=$SRC/tests/exact/figures
CHECKED="exact-pipe exact-yield-10 exact-timer exact-fork exact-change"
BARE=/src/.build/lab/tests/exact/bare/bare.bpf.o

# boot OUT REST OPTIONS...   the figures of one seed and of every other one of $workloads; instead of this shell
boot() {
	out=$1 rest=$2
	shift 2
	for workload in $(echo "$workloads" | xargs -n 1 | awk -v rest="$rest" 'NR % 2 == rest'); do set -- "$@" -w "$workload"; done
	exec env SEEDS="${SEED:-1}" CPUS=1 PROFILE= FIGURES="$out" "$LAB_DIR/exact.sh" "$@"
}

# count OUT OPTIONS...   the figures of one seed: two guests beside each other share the workloads
count() {
	out=$1 code=0 second=0
	shift
	boot "$out.1" 1 "$@" &
	first=$!
	case $workloads in *?" "?*) (boot "$out.2" 0 "$@") || second=$? ;; esac
	wait "$first" || code=$?
	cat "$out".[12] 2>/dev/null | sort >"$out"
	[ "$second" -le "$code" ] || code=$second
	return "$code"
}

# of_policy NAME   the figures of one policy, without its name
of_policy() { awk -v policy="$1" '$2 == policy { print $1, "NEW", $3 }' "$WORK/figures"; }

differ() { awk -v allow="${ALLOW:-1}" -f "$LAB_DIR/exact/differ.awk" "$1" "$2"; }

# versions   what the figures are of, as comments
versions() {
	echo "# kernel $(basename "$("$LAB_DIR/kernel.sh")")"
	"$LAB_DIR/chroot.sh" sh -c 'qemu-system-x86_64 --version | sed -n "1s/.*version /# qemu /p"
		clang-19 --version | sed -n "1s/.*version /# clang /p"
		gcc --version | sed -n "1s/.* /# gcc /p"'
}

workloads=""
# compare_two OPTIONS   as 'scxbench exact' has checked them
compare_two() {
	old="" new=""
	while [ $# -gt 0 ]; do
		case $1 in
		--*=*) word=$1; shift; set -- "${word%%=*}" "${word#*=}" "$@"; continue ;;
		-w?*) word=$1; shift; set -- -w "${word#-w}" "$@"; continue ;;
		--baseline) old=$2; shift ;;
		--allow) ALLOW=${2%"%"}; shift ;;
		--seed) SEED=$2; shift ;;
		-w | --workload) workloads="${workloads:+$workloads }$2"; shift ;;
		--) ;;
		*) new=$1 ;;
		esac
		shift
	done
	workloads=${workloads:-$CHECKED}
	count "$WORK/figures" -s "old=$old" -s "new=$new" --baseline old "$@" || return
	of_policy old >"$WORK/old"
	of_policy new >"$WORK/new"
	[ -s "$WORK/old" ] || die 1 "the baseline has no figure"
	differ "$WORK/old" "$WORK/new"
}

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
first=
trap 'kill $first 2>/dev/null; exit 130' INT TERM HUP
case ${1:-} in
"") accept= ;;
exact-*) accept="" CHECKED=$* ;;
--accept) accept=1 ;;
*) code=0; compare_two "$@" || code=$?; exit "$code" ;;
esac

versions >"$WORK/versions"
if [ -z "$accept" ]; then
	[ -f "$FIGURES" ] || die 77 "nothing was accepted yet: make exact-accept"
	sed -n '/^# [a-z]* [0-9]/p' "$FIGURES" >"$WORK/of"
	cmp -s "$WORK/of" "$WORK/versions" ||
		die 77 "the figures of tests/exact are of $(sed 's/^# //' "$WORK/of" | paste -sd, - | sed 's/,/, /g'); here is $(sed 's/^# //' "$WORK/versions" | paste -sd, - | sed 's/,/, /g')"
fi
set -- -s "bare=$BARE"
for policy in "$SRC"/schedulers/*/*.bpf.c; do
	policy=${policy##*/}
	set -- "$@" -s "${policy%.bpf.c}"
done
workloads=$CHECKED
# A sample that failed has no figure, which differs says.
code=0
count "$WORK/counted" "$@" || code=$?
[ "$code" -le 1 ] && [ -s "$WORK/counted" ] || exit "$code"
code=0
{
	echo "# Instructions an operation of seed 1, on one CPU: what 'make exact-check' compares with, and 'make exact-accept' writes."
	cat "$WORK/versions" "$WORK/counted"
} >"$WORK/figures"
! awk -v only="$CHECKED" 'index(" " only " ", " " $1 " ")' "$FIGURES" >"$WORK/accepted" 2>/dev/null ||
	differ "$WORK/accepted" "$WORK/figures" || code=$?
[ -z "$accept" ] || { cp "$WORK/figures" "$FIGURES" && code=0; }
exit "$code"
