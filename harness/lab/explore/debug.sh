#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# debug.sh DIR OUT SEED   the storm of a seed once more, in the lab's root, under gdb: it stops where the policy is ejected, where its
# ledger has a violation, or where the kernel warns, and stop.py prints what is there. At a terminal, gdb is then yours.
set -eu
DIR=$1 OUT=$2 SEED=$3
HERE=$(dirname "$0")
echo '#include <vmlinux.h>
struct task_struct *a_task; struct rq *a_queue;' >"$OUT/types.c"
gcc -g -c -fno-eliminate-unused-debug-types -fms-extensions -w -isystem /usr/include/x86_64-linux-gnu/linux/bpf \
	-o "$OUT/types.o" "$OUT/types.c"
gcc -O2 -shared -fPIC -o "$OUT/trace.so" "$HERE/trace.c"
offset() { gdb -batch -ex "printf \"%d\\n\", (int)&((struct task_struct *)0)->$1" "$OUT/types.o"; }
PLUGIN=$(awk -v head="$OUT/trace.so,events=$OUT/events,pid=$(offset pid),comm=$(offset comm)" '
	BEGIN { printf "%s", head }
	$3 == "__per_cpu_offset" { printf ",cpus=0x%s", $1 }
	$3 == "try_to_wake_up" { reg = "rdi" }
	$3 ~ /_task_scx$/ { reg = "rsi" }
	$3 ~ /^bpf_prog_[0-9a-f]*_.*_(select_cpu|enqueue|dequeue|dispatch|running|stopping|runnable|quiescent|tick)$/ { reg = "ctx" }
	reg != "" { name = $3; sub(/^bpf_prog_[0-9a-f]*_/, "op ", name); printf ",watch=%s:%s:0x%s", name, reg, $1 }
	{ reg = "" }' "$DIR/symbols")
"$HERE/seed.sh" "$DIR" "$OUT" "$SEED" -S -gdb unix:"$OUT/gdb,server=on,wait=off" -plugin "$PLUGIN" &
until [ -S "$OUT/gdb" ] || ! kill -0 $! 2>/dev/null; do sleep 0.1; done
[ -t 0 ] && [ -t 1 ] && batch= || batch=-batch
code=0
SYMBOLS=$DIR/symbols EVENTS=$OUT/events gdb -q -nx $batch -ex 'set pagination off' -ex 'set confirm off' \
	-ex 'set remotetimeout 600' -ex "target remote $OUT/gdb" -x "$HERE/stop.py" "$OUT/types.o" || code=$?
kill $! 2>/dev/null || :
wait || :
grep -v "terminating on signal" "$OUT/qemu.log" >&2 || :
exit "$code"
