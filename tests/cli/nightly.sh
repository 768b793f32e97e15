#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench nightly: the order of its steps, what each leaves behind, what ends it, and its settings.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

AUTOGROUP=$SCXBENCH_ROOT/proc/sys/kernel/sched_autogroup_enabled
NO_TURBO=$SCXBENCH_ROOT/sys/devices/system/cpu/intel_pstate/no_turbo
HEAT=$SCXBENCH_ROOT/sys/class/hwmon/hwmon0
THROTTLED=$SCXBENCH_ROOT/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count
mkdir -p "${AUTOGROUP%/*}" "${NO_TURBO%/*}" "$HEAT" "${THROTTLED%/*}"
R=$TMP/results PUB=$TMP/published

machine() {
	echo 1 >"$AUTOGROUP"
	echo 0 >"$NO_TURBO"
	echo '0.10 0.20 0.30 2/99 1234' >"$SCXBENCH_ROOT/proc/loadavg"
	echo coretemp >"$HEAT/name"
	echo 45000 >"$HEAT/temp1_input"
	echo 7 >"$THROTTLED"
}
machine

# Each sample takes a little longer or less: values that are all the same are not judged.
echo 0 >"$TMP/taken"
during() { echo "$1" >"$TMP/during"; }
during :
workload quick "TIME=1.5; cat $NO_TURBO >$TMP/seen; . $TMP/during
	N=\$((\$(cat $TMP/taken) + 1)); echo \$N >$TMP/taken
	echo \"metric time s lower \${TIME}0\$((N % 7))\" >&\$SCXB_RESULT_FD"

cat >"$TMP/conf" <<END
# a night that takes a second
results = $R
policy  = fair
policy  = fifo
workload = quick
blocks = 6

governor = keep
irqbalance = keep
publish = $PUB
hook = echo "\$SCXBENCH_VERDICT \$SCXBENCH_RUN \$SCXBENCH_REPORT" >>$TMP/hook; cp "\$SCXBENCH_MAIL" $TMP/mail
END

id_of_night() { ID=$(sed -n 's/^scxbench: night \([^:]*\): pre-flight$/\1/p' "$TMP/err"); }
# The same order of samples each night: whether a change is seen after so many nights depends on it.
export DOUBLE_SEED=1
night() {
	: >"$DOUBLE_TRACE"
	run "$SCXBENCH" nightly --config "$TMP/conf" "$@"
	id_of_night
}
steps() { sed -n 's/^scxbench: night [^:]*: //p' "$TMP/err" | tr '\n' ' '; }
settings() { echo "$(cat "$AUTOGROUP") $(cat "$NO_TURBO")"; }
ALL="pre-flight bench gate history report publish message hook prune "

night
FIRST=$ID
is "the first night is inconclusive" "$RC" 4
is "every step, in this order" "$(steps)" "${ALL}inconclusive "
is "turbo is off in the run, and as it was after it" "$(cat "$TMP/seen") $(settings)" "1 1 0"
check "its report is published" test -s "$PUB/$FIRST/index.html"
is "and is the latest" "$(readlink "$PUB/latest")" "$FIRST"
is "the hook gets the verdict" "$(cat "$TMP/hook")" "inconclusive $FIRST $PUB/$FIRST"
check "it becomes the baseline, and the anchor" grep -q '"tags": *"anchor,last-good"' "$R/runs/$FIRST/run.json"
is "the message is in the run's files and on stdout, and ends with the page" \
	"$(sed -n 's/^scxbench [^,]*, night [^:]*: //p' "$R/runs/$FIRST/mail.txt") $(tail -1 "$R/runs/$FIRST/mail.txt") $(grep -c ', night' "$TMP/out")" \
	"inconclusive $PUB/$FIRST/index.html 1"

night
is "so is the second: how far nights lie apart is not known yet" "$RC $(grep -c 'take 6 more runs' "$TMP/out")" "4 1"
for _ in 3 4 5 6 7; do night; done
is "and the seventh" "$RC" 4
mkdir "$PUB/.draft" && touch "$PUB/.draft/half"
night
SECOND=$ID
is "an eighth night like the first passes" "$RC $(steps)" "0 ${ALL}passed "
check "the gate's page is on stdout, in the run's files and published" \
	sh -c 'test -s "$1" && cmp "$1" "$2" && grep -qF "$(head -1 "$1")" "$3"' sh \
	"$R/runs/$SECOND/regress.txt" "$PUB/$SECOND/regress.txt" "$TMP/out"
check "so is its JUnit XML" grep -q '<testsuite' "$PUB/$SECOND/regress.xml"
check "what a killed night left of a copy is gone" \
	sh -c '! test -e "$1/.draft" && ! test -e "$1/$2/half"' sh "$PUB" "$SECOND"
is "it is the latest" "$(readlink "$PUB/latest")" "$SECOND"
is "a night that passes says so in three lines" "$(wc -l <"$TMP/mail") $(sed -n '2s/:.*//p' "$TMP/mail")" "3 PASS"
check "it is the new baseline" grep -q '"tags": *"last-good"' "$R/runs/$SECOND/run.json"

# The third time, which is no warm-up.
during "[ \$DOUBLE_POLICY != fair ] || { echo >>$TMP/fair; [ \$(wc -l <$TMP/fair) != 3 ] || exit 1; }"
night -o blocks=12
check "a night that passes, and whose bench failed, does not become the baseline" \
	sh -c 'grep -q ^PASS "$1" && grep -q "\"tags\": *\"last-good\"" "$2"' sh "$TMP/out" "$R/runs/$SECOND/run.json"
during :
during '[ "$DOUBLE_POLICY" != fifo ] || TIME=1.8'
night
THIRD=$ID
is "a night in which a policy is 20 % slower fails, and goes on" "$RC $(steps)" \
	"1 ${ALL}a regression, or something failed "
check "the message names it, and how sure it is" \
	grep -qE '^\* quick time: fifo 1\.(19|20)[0-9]* of the (baseline|anchor) \(95 % interval' "$TMP/mail"
check "in at most ten lines" test "$(wc -l <"$TMP/mail")" -le 10
during 'TIME=1.8'
night -o bless=no
is "a machine that got slower accuses no policy" "$RC $(steps)" "0 ${ALL}passed "
during :
is "the hook gets that of the slower one" "$(tail -2 "$TMP/hook" | head -1 | cut -d' ' -f1)" regression
check "it does not become the baseline" grep -q '"tags": *"last-good"' "$R/runs/$SECOND/run.json"

# The gate lets it pass, and the history shows a level that changed.
for _ in 1 2 3 4; do night -o bless=no; done
during '[ "$DOUBLE_POLICY" != fifo ] || TIME=1.8'
for _ in 1 2 3 4 5 6 7; do
	night -o threshold=50% -o anchor-limit=50% -o bless=no
	! grep -q 'seen tonight' "$TMP/mail" || break
done
is "a level that changed for the worse fails the night that shows it" "$RC $(sed -n '1s/.*: //p' "$TMP/mail")" "1 regression"
check "the gate did not" sh -c '! grep -q ^FAIL "$1"' sh "$TMP/mail"
check "the message says since when" grep -qE '^\* quick time: fifo \+(19|20)(\.[0-9])? % worse since 2[0-9a-f-]+, seen tonight' "$TMP/mail"
check "so does the JUnit XML" grep -q '<failure message="\* quick time: fifo' "$R/runs/$ID/regress.xml"
during '[ "$DOUBLE_POLICY" != fifo ] || exit 1'
for _ in 1 2 3 4 5 6 7; do
	night -o bless=no
	! grep -q 'samples since' "$TMP/mail" || break
done
check "a policy that loses samples from some night on is in the message, once the nights show it" \
	grep -qE '^\* quick: fifo lost 100 % of samples since 2[0-9a-f-]+, before [0-9.]+ %, seen tonight' "$TMP/mail"
during :

night -o keep-bytes=1K -o bless=no
is "limits of size: all but the latest, the baseline and the anchor go" \
	"$(cd "$R/runs" && echo *)" "$(printf '%s\n%s\n%s\n' "$FIRST" "$SECOND" "$ID" | sort | tr '\n' ' ' | sed 's/ $//')"
is "and of each what was published" "$(cd "$PUB" && echo *)" \
	"$(printf '%s\n%s\n%s\nhistory.html\nindex.html\nlatest\nruns.html\n' "$FIRST" "$SECOND" "$ID" | sort | tr '\n' ' ' | sed 's/ $//')"
is "and its report" "$(cd "$R/report" && ls -d 2* | wc -l)" 3
is "each is named" "$(grep -c "run $FIRST is removed\|run $THIRD is removed" "$TMP/err")" 1

night -o hook='exit 7' -o publish="$TMP/conf/x"
is "a report that can't be published and a hook that fails are reported at the end" "$RC $(steps)" \
	"1 ${ALL}a regression, or something failed "
check "by name: the directory" grep -q "conf/x can't be written" "$TMP/err"
check "and the hook" grep -q "hook 'exit 7' ended with 7" "$TMP/err"
mkfifo "$TMP/never"
night -o hook-limit=1s -o hook="flock $TMP/hung sh -c 'read -r _ <>$TMP/never'; echo"
is "a hook that hangs is ended" "$RC $(grep -c 'took longer than 1 s and was ended' "$TMP/err")" "1 1"
check "with all that it started" timeout 20 flock "$TMP/hung" true
mkdir "$TMP/bin"
printf '#!/bin/sh\nread -r _ <>%s\n' "$TMP/never" >"$TMP/bin/cp"
chmod +x "$TMP/bin/cp"
PATH=$TMP/bin:$PATH night -o hook-limit=1s -o hook=true
is "so is a copy to publish" "$RC $(grep -c "took longer than 1 s and was ended" "$TMP/err")" "1 1"

during "echo 9 >$THROTTLED"
night
check "a CPU that was slowed down for heat is reported" grep -q 'for heat 2 times' "$TMP/err"
during :

# What ends a night.
DOUBLE_AT=load:4:kill night
is "a bench that is killed alone fails the night" "$RC $(steps)" \
	"1 pre-flight bench a regression, or something failed "
is "and its settings are put back by the night" "$(settings)" "1 0"

# In the middle of a sample: the workload has opened the fifo that we open too.
mkfifo "$TMP/gate"
begin() {
	during "read -r line <$TMP/gate"
	setsid "$SCXBENCH" nightly --config "$TMP/conf" >"$TMP/out" 2>"$TMP/err" &
	PID=$!
	exec 5>"$TMP/gate"
}
begin
kill -TERM $PID
wait $PID
is "a night that is interrupted ends with 130" "$?" 130
exec 5>&-
id_of_night
is "after its bench" "$(steps)" "pre-flight bench interrupted "
run "$SCXBENCH" report --list --results "$R"
is "the store has what it took" "$(grep -c "^$ID " "$TMP/out")" 1
is "the settings are put back" "$(settings)" "1 0"

begin
run "$SCXBENCH" nightly --restore
ended "the settings of a living night stay" 3 "measures on this machine"
kill -9 -$PID
wait $PID 2>/dev/null
exec 5>&-
is "killed, night and bench, the settings are as they were in the run" "$(settings)" "0 1"
run "$SCXBENCH" nightly --restore
is "--restore puts them back" "$RC $(settings)" "0 1 0"
run "$SCXBENCH" nightly --restore
is "and has nothing to do the next time" "$RC $(cat "$TMP/err")" "0 "
during :

# A machine that is not fit is not measured.
unfit() { # NAME TEXT
	night
	is "not fit: $1: exit 3, nothing measured" "$RC $(steps)$(wc -l <"$DOUBLE_TRACE")" \
		"3 pre-flight this machine can't do it, see above 0"
	is "and one line says why" "$(grep -c "not fit to be measured: $2" "$TMP/err")" 1
	machine
}
echo '1.50 0.20 0.30 2/99 1234' >"$SCXBENCH_ROOT/proc/loadavg"
unfit "load" 'load: 1.50 in the last minute, at most 1.00'
echo '0.10 0.20 0.30 5/99 1234' >"$SCXBENCH_ROOT/proc/loadavg"
unfit "tasks that run" 'running: 4 other tasks, at most 2'
echo 70500 >"$HEAT/temp1_input"
unfit "heat" 'temperature: 70.5 C, at most 70 C'
echo enabled >"$SCXBENCH_ROOT/sys/kernel/sched_ext/state"
echo somebody >"$SCXBENCH_ROOT/sys/kernel/sched_ext/root/ops"
unfit "another scheduler" "sched_ext: scheduler 'somebody' is active"
echo disabled >"$SCXBENCH_ROOT/sys/kernel/sched_ext/state"
echo 'min-free = 9000T' >>"$TMP/conf"
unfit "disk" 'free disk: .*, at least'

run "$SCXBENCH" nightly --config "$TMP/conf" --check
is "--check shows all of it, and says no" "$RC $(awk '{ print $1, $2 }' "$TMP/out" | tr '\n' ' ')" \
	"3 ok load ok running ok sched_ext ok temperature no free "
rm -r "$HEAT" "$SCXBENCH_ROOT/proc/loadavg"
sed -i '$d' "$TMP/conf"
run "$SCXBENCH" nightly --config "$TMP/conf" --check
is "what the machine does not show is unknown, and not a reason" "$RC $(grep -c unknown "$TMP/out")" "0 3"

# Settings.
conf() { # NAME LINE TEXT
	printf '# a comment\n\n%s\n' "$2" >"$TMP/bad"
	run "$SCXBENCH" nightly --config "$TMP/bad" --check
	ended "$1" 2 "$TMP/bad:3: $3"
}
conf "an unknown key" 'color = red' "unknown key 'color'"
conf "a slip in a key" 'polcy = fair' "unknown key 'polcy': did you mean policy?"
conf "no key" 'color' "'color' is not 'key = value'"
conf "no value" 'publish =' "publish: give a value"
conf "an unknown plan" 'plan = nosuch' "plan: no plan named 'nosuch'"
conf "a number that is not one" 'max-load = low' "max-load 'low'"
conf "no blocks" 'blocks = 0' "blocks '0'"
conf "a setting that can't be" 'turbo = maybe' "turbo 'maybe'"
conf "bytes that are none" 'keep-bytes = much' "keep-bytes 'much'"
conf "neither yes nor no" 'bless = perhaps' "bless 'perhaps'"
conf "a threshold without its percent" 'threshold = quick=3' "threshold"
conf "one night is not enough" 'nights = 1' "nights '1'"
conf "a precision that is not one" 'precision = 1' "precision '1'"
run "$SCXBENCH" nightly --config "$TMP/nosuch" --check
ended "a file that is not there" 2 "nosuch can't be read"
printf 'results = %s\n\000\000' "$TMP/results" >"$TMP/zeros"
run "$SCXBENCH" nightly --check --config "$TMP/zeros"
ended "a file that a crash has left zeros in" 2 "zeros is not a text"
run timeout 60 "$SCXBENCH" nightly --check --config /dev/zero
ended "a file without an end" 2 "/dev/zero can't be read"
run "$SCXBENCH" nightly -o color=red
ended "an unknown option" 2 "-o: unknown key 'color'"
run "$SCXBENCH" nightly stray
ended "a stray word" 2 "'stray'"
done_testing
