#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One program under one name, .build/scxbench: natively it is the program; in the lab the chroot takes what only reads,
# and a guest what needs a kernel, when the chroot has found nothing wrong. Doubles of both record what they get.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

TREE=$TMP/a\ tree
LAB=$TREE/harness/lab
mkdir -p "$LAB" "$TREE/.build/lab" "$TREE/sub" "$TMP/my files/in"
cp harness/lab/scxbench.sh harness/lab/lib.sh "$LAB"
cp .build/scxbench "$TREE/.build"
cp Makefile "$TREE"
cp harness/variables.sh "$TREE/harness"
cp harness/lab/README.md "$LAB"
"$SCXBENCH" list --names kernel-commands >"$TREE/.build/lab/kernel-commands"
touch "$TREE/.build/lab/scxbench"
chmod +x "$TREE/.build/lab/scxbench"
unset WHERE LAB_RESULTS LAB_FILES SCXBENCH_RESULTS
export CALLS="$TMP/calls" SCXBENCH PLACE=lab
double() { cat >"$LAB/$1.sh"; chmod +x "$LAB/$1.sh"; }
double where <<'END2'
#!/bin/sh
echo "scxbench runs here as '${WHERE:-$PLACE}': a test" >&2
echo "${WHERE:-$PLACE}"
END2
echo 'echo tcg' | double accel
# chroot.sh env A=B C=D PROGRAM ARGS...
double chroot <<'END2'
echo "chroot${LAB_HOST:+ host} $LAB_CWD $4" >>"$CALLS"
export "$2" "$3"
shift 4
exec "$SCXBENCH" "$@"
END2
for script in run bench kernels custody doctor bisect; do
	printf 'printf "%s $LAB_CWD"; printf "|%%s" "$@"; echo; echo "%s $LAB_RESULTS" >>"$CALLS"; echo "$KERNELS" >"%s"; echo noise >&2; exit 7\n' $script $script "$TMP/kernels" | double $script
done

scxbench() { : >"$CALLS"; run "$TREE/.build/scxbench" "$@"; }
calls() { tr '\n' ';' <"$CALLS"; }

cd "$TREE" || exit
scxbench list --names plans
is "what reads runs in the chroot" "$RC $(head -1 "$TMP/out") $(calls)" "0 quick chroot host $TREE $TREE/.build/lab/scxbench;"
is "without a word on stderr" "$(cat "$TMP/err")" ""
scxbench report
is "with its exit code" "$RC $(calls)" "2 chroot host $TREE $TREE/.build/lab/scxbench;"
scxbench bnech
is "an unknown command needs no guest" "$RC $(grep -c 'did you mean bench' "$TMP/err") $(calls | cut -c1-11)" "2 1 chroot host"
scxbench
is "nor does no command" "$RC" 2
scxbench doctor
is "the doctor is the host's" "$RC $(calls)" "7 doctor ;"

in_chroot="chroot /src /src/.build/lab/scxbench;"
scxbench run fifo -- "it's a  word" '' '$HOME' --results x
is "what needs a kernel runs in a guest, its words unchanged" "$RC $(cat "$TMP/out")" \
	"7 run /src|/src/.build/lab/scxbench|run|fifo|--|it's a  word||\$HOME|--results|x"
is "after the chroot has looked at it" "$(calls)" "${in_chroot}run $TREE/results;"
is "and stderr says where it runs" "$(tr '\n' ';' <"$TMP/err")" "scxbench runs here as 'lab': a test;noise;"
WHERE=lab scxbench top
is "but not when that was asked for" "$RC $(cat "$TMP/err")" "7 noise"
scxbench bench -s fair -s fifo -w quick
is "a bench is taken by its script" "$RC $(cat "$TMP/out")" "7 bench /src|-s|fair|-s|fifo|-w|quick"
scxbench custody -s fifo -w quick
is "and custody by its own" "$RC $(cat "$TMP/out")" "7 custody /src|custody|-s|fifo|-w|quick"
for command in bench:kernels: custody:custody:custody\|; do
	script=${command#*:} words=${command##*:}
	KERNELS="6.1 7.3" scxbench ${command%%:*} -s fifo -w quick
	is "on several kernels by that of ${script%:*}" "$RC $(cat "$TMP/out") $(cat "$TMP/kernels")" "7 ${script%:*} /src|$words-s|fifo|-w|quick 6.1 7.3"
done
WHERE=native KERNELS=6.1 run "$TREE/.build/scxbench" bench
ended "which are the lab's" 2 "KERNELS=6.1: other kernels are booted in the lab: leave out WHERE=native"
scxbench audit -s fifo -w quick
is "and an audit by the same" "$RC $(cat "$TMP/out")" "7 custody /src|audit|-s|fifo|-w|quick"
scxbench bisect c0 c1 -s x.bpf.o --results ../there
is "a bisection goes back and forth by its own" "$RC $(cat "$TMP/out") $(calls)" "7 bisect |c0|c1|-s|x.bpf.o bisect $TMP/there;"
for words in "bench -p decde" "bench -s fiffo" "bench --nosuch" "run fiffo" "top x" "custody -d 0"; do
	# shellcheck disable=SC2086
	scxbench $words
	is "$words: no guest" "$RC $(calls)" "2 $in_chroot"
done
scxbench bench --dry-run -s fair -w quick
is "a dry run: no guest" "$RC $(grep -c '^plan demo' "$TMP/out") $(calls)" "0 1 $in_chroot"
scxbench bench --help
is "help: no guest" "$RC $(calls)" "0 $in_chroot"
scxbench nightly --check
is "a night: not in the lab" "$RC $(calls | cut -c1-11)" "3 chroot host"

for words in "--results ../there" "--results=../there" "-r ../there"; do
	# shellcheck disable=SC2086
	scxbench bench $words -s fair -w quick
	is "$words is where the lab's results go" "$(cat "$TMP/out") $(tail -1 "$CALLS")" "bench /src|-s|fair|-w|quick bench $TMP/there"
done
SCXBENCH_RESULTS=$TMP/env scxbench bench -s fair -w quick
is "or what the environment says" "$(tail -1 "$CALLS")" "bench $TMP/env"
scxbench bench -s fair -w quick --results
ended "an option without its value" 2 "option --results needs a value"

cd "$TREE/sub" || exit
scxbench run fifo
is "a folder of the tree is the guest's too" "$(cut -d'|' -f1 "$TMP/out")" "run /src/sub"
cd "$TMP/my files/in" || exit
scxbench run fifo
is "another one is not" "$(cut -d'|' -f1 "$TMP/out")" "run /src"
LAB_FILES=.. scxbench run fifo
is "unless LAB_FILES brings it" "$(cut -d'|' -f1 "$TMP/out")" "run /run/files/in"
LAB_FILS=.. scxbench list
ended "a slip in the name of a variable" 2 "unknown variable LAB_FILS: did you mean LAB_FILES?"
LAB_FILES=$TMP/none scxbench run fifo
ended "a LAB_FILES that is not there" 2 "LAB_FILES"
: >object
printf '#!/bin/sh\nexit 2\n' >"$LAB/chroot.sh"
scxbench bench -s "x=$TMP/my files/in/object"
ended "a file that the lab does not see" 2 "LAB_FILES=DIR"
scxbench bench -w "$TMP/my files/in/object#one"
ended "... nor its variant of a workload" 2 "$TMP/my files/in/object is in neither"
LAB_FILES=. scxbench bench -s object
is "is not blamed when it does" "$RC $(cat "$TMP/err")" "2 "

cd "$TREE" || exit
PLACE=native
scxbench top
ended "not built here" 3 "make ready WHERE=native"
printf '#!/bin/sh\nexit 0\n' >"$LAB/chroot.sh"
scxbench list
is "but what reads may run in the other place" "$RC" 0
WHERE=native scxbench list
is "if that was not decided" "$RC" 3
mkdir .build/native
printf '#!/bin/sh\nprintf "native"; printf "|%%s" "$@"; exit 5\n' >.build/native/scxbench
chmod +x .build/native/scxbench
scxbench bench -s 'a  b' --results x
is "natively it is the program" "$RC $(cat "$TMP/out" "$TMP/err")" "5 native|bench|-s|a  b|--results|x"
ln -s "$TREE/.build/scxbench" "$TMP/link"
run "$TMP/link" list
is "by a link, too" "$RC $(cat "$TMP/out")" "5 native|list"
done_testing
