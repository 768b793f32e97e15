#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A policy below another: an arm of its own everywhere, and refused before the first sample where it can't be.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

cp "$B/tests/vm/below/queue.bpf.o" "$TMP/q.bpf.o"
ARM="$TMP/q.bpf.o:below=$TMP/q.bpf.o:grants=2,rescued=1"

bench -s fifo:below=fifo -w quick
ended "a policy of the common form" 2 "fifo is a struct sched_ext_ops: only a struct sched_ext_ops_cid can be above or below"
cp "$B/tests/vm/forms/cid.bpf.o" "$TMP/cid.bpf.o"
bench -s "$TMP/q.bpf.o:below=$TMP/cid.bpf.o" -w quick
ended "a parent that takes none" 2 "cid takes no policy below it: it has no ops.sub_attach()"
bench -s "$TMP/q.bpf.o:below=$TMP/q.bpf.o:nosuch=1" -w quick
ended "a knob that the parent has not" 2 "q has no knob 'nosuch'"
bench -s fair -s "child=$ARM" -w quick
ended "a kernel without sub-schedulers" 3 "this kernel has no sub-schedulers of sched_ext (below=)"
check "before any sample" [ ! -e "$TMP/results/runs" ]

# The object names what it wants of a kernel, so its BTF is that of one that has it.
cp "$TMP/q.bpf.o" "$SCXBENCH_ROOT/sys/kernel/btf/vmlinux"
DOUBLE_AT=attach:2:int bench -s fair -s "$TMP/q.bpf.o:below=$TMP/q.bpf.o" -s "child=$ARM" -w quick --no-instrumented --run-id b
run "$SCXBENCH" bench --results "$TMP/results" --resume b
is "a run with such arms is resumed" "$RC $(find "$TMP/results/runs/b" -name 'sample-*' | wc -l)" "0 3"
check "each is an arm" grep -qF "\"policies\":[\"fair\",\"$TMP/q.bpf.o:below=$TMP/q.bpf.o\",\"child\"]" "$TMP/results/runs/b/run.json"
check "the one with a name says what it is" grep -qF "child is $ARM" "$TMP/out"
run "$SCXBENCH" compare --results "$TMP/results" "b:$TMP/q.bpf.o:below=$TMP/q.bpf.o" b:child
is "they are compared by name" "$RC" 0
[ "$RC" = 0 ] || diag <"$TMP/err"

done_testing
