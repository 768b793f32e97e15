# SPDX-License-Identifier: GPL-2.0-or-later
# A home with the real policies and pages, a workload that takes no time, and the double of the program.
# Sourced after tap.sh by the tests in this folder, which run in the lab's root (see tests/run).

B=$PWD/.build/lab
SCXBENCH=$B/tests/scxbench-double
export SCXBENCH_HOME=$TMP/home DOUBLE_TRACE=$TMP/trace DOUBLE_CGROUP=$TMP
mkdir -p "$SCXBENCH_HOME/workloads" "$SCXBENCH_HOME/harness"
# A machine with sched_ext, BTF, and no policy attached.
export SCXBENCH_ROOT=$TMP/root
mkdir -p "$SCXBENCH_ROOT/sys/kernel/sched_ext/root" "$SCXBENCH_ROOT/sys/kernel/btf"
: >"$SCXBENCH_ROOT/sys/kernel/btf/vmlinux"
echo disabled >"$SCXBENCH_ROOT/sys/kernel/sched_ext/state"
ln -s "$B/schedulers" "$B/plots" "$SCXBENCH_HOME"
ln -s "$B/harness/lab" "$SCXBENCH_HOME/harness"

# workload NAME SCRIPT...   adds one whose run is the script, as root: it may write and signal what the test may
workload() {
	cat >"$SCXBENCH_HOME/workloads/$1" <<-END
		#!/bin/sh
		case \$1 in
		--describe)
			printf '%s\n' 'summary a test' 'primary time' 'default yes' 'typical_s 0.01' 'timeout_s 5' 'settle_s 0' 'needs root' ;;
		prepare) : ;;
		run) $2 ;;
		esac
	END
	chmod +x "$SCXBENCH_HOME/workloads/$1"
}
workload quick 'echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'

# bench ARGS...   a run of one block and nothing beside, its results below $TMP/results
bench() {
	: >"$DOUBLE_TRACE"
	run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --blocks 1 --no-aa --no-warmup "$@"
}

# without_tools   leaves out what is slow and changes nothing of a run: pictures, and the versions of tools
without_tools() {
	mkdir "$TMP/bin"
	for tool in gnuplot cyclictest hackbench perf gcc make; do
		printf '#!/bin/sh\n' >"$TMP/bin/$tool"
		chmod +x "$TMP/bin/$tool"
	done
	PATH=$TMP/bin:$PATH
}
