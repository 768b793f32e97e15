#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A plan on many machines by Slurm, with doubles of its programs: one array job, a run for each machine, samples that
# arrive once however often they are collected, and tasks that go on where they were.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
without_tools

fleet() { verb=$1; shift; run "$SCXBENCH" fleet "$verb" --results "$TMP/results" "$@"; }
fleet run --hosts 3
ended "without Slurm" 3 "there is no sbatch: install Slurm's client here"

# Slurm's programs print what the test wrote for them.
for program in sbatch squeue sacct scancel; do
	: >"$TMP/$program.says"
	printf '#!/bin/sh\nprintf "%%s" %s >>"%s"; printf "|%%s" "$@" >>"%s"; echo >>"%s"; cat "%s"; exit "$(cat "%s" 2>/dev/null || echo 0)"\n' \
		$program "$TMP/calls" "$TMP/calls" "$TMP/calls" "$TMP/$program.says" "$TMP/$program.fails" >"$TMP/bin/$program"
	chmod +x "$TMP/bin/$program"
done
says() { cat >"$TMP/$1.says"; }
echo '7;cluster' | says sbatch

# node N   a machine of its own, as the doubles see it
ROOT=$SCXBENCH_ROOT
node() {
	[ -d "$TMP/$1" ] || cp -R "$ROOT" "$TMP/$1"
	mkdir -p "$TMP/$1/etc"
	echo "$1" | sha256sum | cut -c1-32 >"$TMP/$1/etc/machine-id"
	SCXBENCH_ROOT=$TMP/$1
}
# task K NODE [NAME=VALUE...]   what Slurm does on a node
task() {
	k=$1 on=$2; shift 2
	(node "$on"; export SLURM_ARRAY_TASK_ID="$k" SLURMD_NODENAME="$on"; env "$@" "$DIR/task" >>"$DIR/task-$k.log" 2>&1)
	CODE=$?
}
DIR=$TMP/results/fleet/one
samples() { sqlite3 "$TMP/results/scxbench.db" "SELECT count(*), count(DISTINCT run || '-' || seq) FROM sample"; }

fleet run --hosts 3 --id one --plan quick --partition bare --seed 100 --bench=-sfair --bench=-sfifo --bench=-wquick \
	--bench=--blocks=3 --bench=--no-aa --bench=--no-warmup --bench=--no-instrumented -- --time=10 --mem=4G
is "begun: one job" "$RC $(cat "$TMP/out")" "0 fleet one: job 7, tasks 1-3, results in $DIR"
is "an array, a node for itself each, with the options behind --" "$(cat "$TMP/calls")" \
	"sbatch|--parsable|--job-name=scxbench-one|--array=1-3|--nodes=1|--exclusive|--requeue|--open-mode=append|--output=$DIR/task-%a.log|--partition=bare|--time=10|--mem=4G|$DIR/task"
fleet run --hosts 3 --id one
ended "not begun twice" 2 "exists already: choose another --id"
fleet run
ended "without a number" 2 "say on how many machines: --hosts N"
fleet run --hosts 0
ended "none is no number" 2 "--hosts"
fleet answer --hosts 3
ended "an option of another verb" 2 "'answer' takes no option of 'run'"
fleet status nosuch
ended "a fleet that there is not" 2 "has no run nosuch"

printf '%s\n' '2|RUNNING|b|None' '3|PENDING||Resources' | says squeue
echo '7_1|RUNNING|a' | says sacct
echo '1|RUNNING|a|None' >>"$TMP/squeue.says"
fleet status one
is "nothing is there yet: it goes on" "$RC $(tail -1 "$TMP/out")" "4 0 of 3 tasks are done, 1 waits, 2 runs; 0 machines."
check "and what Slurm says of each" grep -Eq '^ *3 +waits +PENDING, Resources +- ' "$TMP/out"

# The first ends; the second is killed in the middle, and its machine goes on with it.
task 1 a
is "a task ends as its bench" "$CODE" 0
task 2 b DOUBLE_AT=attach:2:kill
fleet collect one
is "what ended arrives" "$RC $(samples)" "4 7|7"
before=$(samples)
fleet collect one
is "collected again it is the same" "$(samples)" "$before"
printf '%s\n' '3|PENDING||Resources' | says squeue
printf '%s\n' '7_1|COMPLETED|a' '7_2|NODE_FAIL|b' | says sacct
fleet status one
is "a task that stopped is said, with how to go on" "$RC $(grep -c "'scxbench fleet run --resume one' goes on" "$TMP/out")" "1 1"
check "with what Slurm called it" grep -Eq '^ *2 +stopped +NODE_FAIL +b ' "$TMP/out"
fleet run --resume one -- --time=20
is "gone on with: only what stopped, where its samples are" "$RC $(cat "$TMP/out")" "0 fleet one: job 7, tasks 2 on b, results in $DIR"
is "as it was begun, and with what is asked now" "$(tail -1 "$TMP/calls" | grep -c -- '--array=2|.*|--partition=bare|--time=10|--mem=4G|--nodelist=b|--time=20|')" 1
task 2 b SLURM_RESTART_COUNT=1
is "on the same machine its run is resumed" "$CODE $(ls "$DIR/task-2/runs")" "0 one-2-b"
: >"$TMP/squeue.says"
task 3 a
fleet collect one
is "all are done, and every sample is there once" "$RC $(samples)" "0 18|18"
check "two tasks on one machine are said" grep -q '^3 of 3 tasks are done; 2 machines\.$' "$TMP/out"
is "seeds differ" "$(cat "$DIR"/task-*/runs/*/run.json | grep -o '"seed": *"[0-9]*"' | sort -u | tr -dc '0-9\n' | tr '\n' ' ')" "101 102 103 "
fleet run --resume one
is "then there is nothing to go on with" "$RC $(cat "$TMP/out")" "0 fleet one: no task is stopped"
fleet status --json
is "for programs" "$RC $(python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
print(d["id"], d["machines"], [(t["state"], t["samples"], t["starts"]) for t in d["tasks"]])' "$TMP/out")" \
	"0 one 2 [('done', 6, 1), ('done', 6, 2), ('done', 6, 1)]"

# On another machine a task begins anew: samples of one are never another's.
fleet run --hosts 1 --id two --bench=-sfair --bench=-wquick --bench=--blocks=2 --bench=--no-aa --bench=--no-warmup --bench=--no-instrumented
DIR=$TMP/results/fleet/two
task 1 a DOUBLE_AT=attach:2:kill
task 1 b SLURM_RESTART_COUNT=1
fleet collect two
is "a run for each machine" "$RC $(ls "$DIR/task-1/runs" | tr '\n' ' ')" "0 two-1-a two-1-b "
printf '{' >"$DIR/task-1/runs/two-1-b/sample-0001.json"
rm "$TMP/results/scxbench.db"*
fleet collect two
is "what is damaged is said" "$RC $(grep -c sample-0001.json "$TMP/err")" "3 1"
check "and keeps nothing else out" test "$(samples | cut -d'|' -f1)" -ge 2
fleet cancel two
is "cancelled by its name" "$RC $(tail -1 "$TMP/calls")" "0 scancel|--name=scxbench-two"

# What never was anywhere goes anywhere, also for a folder of the first version, which has no options of Slurm.
fleet run --hosts 2 --id old
sed -i 's/"schema":2/"schema":1/; s/,"partition":null,"sbatch":\[\]//' "$TMP/results/fleet/old/fleet.json"
fleet run --resume old --partition other
is "a task without samples goes anywhere, to another partition if asked" "$RC $(tail -1 "$TMP/calls" | sed "s|$TMP|TMP|g")" \
	"0 sbatch|--parsable|--job-name=scxbench-old|--array=1,2|--nodes=1|--exclusive|--requeue|--open-mode=append|--output=TMP/results/fleet/old/task-%a.log|--partition=other|TMP/results/fleet/old/task"
check "of a folder of the first version" grep -qv partition "$TMP/results/fleet/old/fleet.json"
echo 1 >"$TMP/sbatch.fails"
fleet run --hosts 1 --id three
is "what Slurm refuses is a failure" "$RC" 1
echo 1 >"$TMP/sacct.fails"
fleet status two
check "without accounting the files are enough" grep -q '^1 of 1 tasks are done; 1 machine\.$' "$TMP/out"
is "which is said" "$RC $(grep -c "without Slurm's accounting" "$TMP/err")" "0 1"
done_testing
