#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What stands in a run's way is named by 'doctor' and by a run alike: all of it, and before the first sample.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$SCXBENCH_ROOT
mkdir -p "$R/proc/self" "$R/proc/sys/net/core" "$R/sys/fs/cgroup"
printf 'CapEff:\t000001bfffdfffff\n' >"$R/proc/self/status"
echo 0 >"$R/proc/sys/net/core/bpf_jit_enable"
echo '36 25 0:31 / /sys/fs/cgroup ro,nosuid shared:4 - cgroup2 cgroup2 rw' >"$R/proc/self/mountinfo"

# all_named   every fault of the machine is in both streams of the last command
all_named() {
	cat "$TMP/out" "$TMP/err" >"$TMP/both"
	for what in "CAP_PERFMON is missing (container?)" "the BPF JIT is off" "/sys/fs/cgroup is a read-only file system"; do
		check "$1: $what" grep -qF "$what" "$TMP/both"
	done
}

run "$SCXBENCH" doctor --native
is "doctor ends with 3" "$RC" 3
all_named doctor
check "each has its cure" [ "$(grep -c '^native  *cure ' "$TMP/out")" -ge 3 ]
check "what is optional is shown too" grep -q '^native  *ok  *hackbench' "$TMP/out"


# Tools are named with their versions, which they say in the C locale; one that is too old, or does not run, is not ok.
mkdir "$TMP/tools"
tool() { printf '#!/bin/sh\n%s\n' "$2" >"$TMP/tools/$1" && chmod +x "$TMP/tools/$1"; }
# shellcheck disable=SC2016  # is the double's to read
tool gnuplot '[ "$LC_ALL" = C ] && echo gnuplot 6.0 patchlevel 3 || echo gnuplot 6,0'
tool hackbench '[ "$1" = --help ] && echo hackbench V 2.60 || exit 1'
tool cyclictest 'echo cyclictest V 1.50'
tool perf 'echo "WARNING: perf not found for kernel 6.8.0-45" >&2; exit 2'
LC_ALL=de_DE.UTF-8 PATH=$TMP/tools:$PATH run harness/lab/doctor.sh --tools
check "the C locale's version" grep -q '^native  *ok  *gnuplot (pictures) 6\.0$' "$TMP/out"
check "a version from the help" grep -q '^native  *ok  *hackbench 2\.60$' "$TMP/out"
check "one that is too old" grep -q '^native  *missing  *cyclictest (1\.50 is here, 2\.0 is needed)$' "$TMP/out"
check "a wrapper without its program" grep -q '^native  *unsound  *perf (hardware events) does not run: WARNING: perf not found for kernel 6.8.0-45$' "$TMP/out"
check "what builds is named too" grep -q '^native  *ok  *libbpf [1-9]' "$TMP/out"

bench -s fair -s fifo -w quick
is "a run ends with 3" "$RC" 3
all_named bench
check "before the first sample" [ ! -s "$DOUBLE_TRACE" ]
check "and leaves nothing" [ ! -e "$TMP/results" ]

# What policies need is not in the way of a run of fair alone; cgroups are.
bench -s fair -w quick
ended "fair alone" 3 "/sys/fs/cgroup is a read-only file system"
check "needs no BPF" sh -c "! grep -q -e JIT -e CAP_ '$TMP/err'"
echo '36 25 0:31 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw' >"$R/proc/self/mountinfo"
bench -s fair -w quick
is "fair alone with cgroup2 is taken" "$RC" 0
done_testing
