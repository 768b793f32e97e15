#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Bad input gets one clear line, the documented exit code, and nothing is lost.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

bench -s nosuch
ended "unknown policy" 2 "nosuch"
bench -w nosuch
ended "unknown workload" 2 "no workload named 'nosuch'"
bench --plan nosuch
ended "unknown plan" 2 "no plan named 'nosuch'"
bench -s fiffo
ended "a slip in a policy" 2 "no policy named 'fiffo': did you mean fifo? 'scxbench list' names all"
bench -s fari
ended "a slip in fair" 2 "did you mean fair?"
bench -w qiuck
ended "a slip in a workload" 2 "no workload named 'qiuck': did you mean quick? 'scxbench list' names all"
bench --plan decid
ended "a slip in a plan" 2 "no plan named 'decid': did you mean decide? 'scxbench list' names all"
bench --blok 3
ended "a slip in an option" 2 "scxbench bench: unknown option '--blok': did you mean --blocks? See 'scxbench bench --help'"
bench -s vtime:slice=1000
ended "a slip in a knob" 2 "vtime has no knob 'slice': did you mean slice_us? it has"
bench -s vtime:nosuch=1
ended "unknown knob" 2 "nosuch"
bench -s vtime:slice_us=99999999
ended "knob out of range" 2 "slice_us"
bench -s vtime:slice_us=abc
ended "knob of the wrong type" 2 "slice_us"
bench -s vtime:slice_us
ended "knob without a value" 2 "slice_us"
bench -s fair -s fair
ended "the same policy twice" 2 "given twice"
bench --blocks 0
ended "no blocks" 2 "--blocks '0'"
bench --blocks 1x
ended "blocks that are no number" 2 "1x"
bench --run-id ../x
ended "a run id that leaves its directory" 2 "../x"
bench -s /nonexistent.bpf.o
ended "an object that is not there" 2 "/nonexistent.bpf.o"
: >"$TMP/empty.bpf.o"
bench -s "$TMP/empty.bpf.o"
ended "an object that is not one" 2 "empty.bpf.o"
bench extra
ended "a stray word" 2 "'extra'"
run "$SCXBENCH" nosuch
is "an unknown command ends with 2" "$RC" 2
is "and prints nothing on stdout" "$(cat "$TMP/out")" ""

touch "$TMP/file"
bench -s fair -w quick --results "$TMP/file"
ended "results that can't be written" 3 "--results"

bench -s fair -w quick --run-id twice --no-instrumented
bench -s fair -w quick --run-id twice --no-instrumented
ended "a run that exists is never overwritten" 2 "twice"

cp -r "$SCXBENCH_ROOT" "$TMP/busy"
echo enabled >"$TMP/busy/sys/kernel/sched_ext/state"
echo somebody >"$TMP/busy/sys/kernel/sched_ext/root/ops"
SCXBENCH_ROOT=$TMP/busy bench -s fair -w quick
ended "another scheduler is named, never taken over" 3 "somebody"

mkdir -p "$TMP/none/sys/kernel/btf"
: >"$TMP/none/sys/kernel/btf/vmlinux"
SCXBENCH_ROOT=$TMP/none bench -s fifo -w quick
ended "a kernel without sched_ext is named" 3 "no sched_ext"

workload failing 'echo "gone wrong" >&2; exit 3'
bench -s fair -w failing --run-id failing
is "a workload that fails is a failed sample: exit 1" "$RC" 1
check "its log is kept" grep -rq "gone wrong" "$TMP/results/runs/failing/logs"
workload rubbish 'echo "metric time minutes sideways x" >&$SCXB_RESULT_FD'
bench -s fair -w rubbish
is "a workload that prints rubbish is a failed sample" "$RC" 1
workload silent ':'
sed -i "s/primary time/primary speed/" "$SCXBENCH_HOME/workloads/silent"
bench -s fair -w silent
is "a workload without its primary metric is a failed sample" "$RC" 1
workload hanging 'sleep 1000'
sed -i 's/timeout_s 5/timeout_s 0.2/' "$SCXBENCH_HOME/workloads/hanging"
bench -s fair -w hanging
is "a workload that hangs is ended and is a failed sample" "$RC" 1
check "the message says so" grep -q "hanging" "$TMP/err"

# What a system call says is nobody's mistake: neither is a usage, though both are an ENOENT.
mkdir -p "$TMP/results/runs/headless"
run "$SCXBENCH" bench --results "$TMP/results" --resume headless
ended "a run that has lost its file" 1 "can't read $TMP/results/runs/headless/run.json: No such file or directory"
rm -rf "$TMP/results/report"
ln -s "$TMP/gone/away" "$TMP/results/report"
run "$SCXBENCH" report --results "$TMP/results" twice
ended "a place for reports that leads nowhere" 1 "can't make $TMP/results/report/twice: No such file or directory"
run "$SCXBENCH" store --results "$TMP/results" "$TMP/nosuch"
ended "a run to be stored that is not there is one" 2 "can't read $TMP/nosuch/run.json: No such file or directory"
done_testing
