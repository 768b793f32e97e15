#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench bisect on a made history: found, skipped, resumed, refused; and the repository stays as it was.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

without_tools
unset DOUBLE_TRACE
REPO=$TMP/repo
export GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
export GIT_AUTHOR_DATE='2026-11-01T10:00:00Z' GIT_COMMITTER_DATE='2026-11-01T10:00:00Z'

# history COMMITS   a line of commits, each with a mark that its object will have; tags c0, c1, ...
history() {
	rm -rf "$REPO" "$TMP/results"
	git init -q -b main "$REPO"
	{
		for i in $(seq 0 "$1"); do
			text="mark $i"
			case " $BROKEN " in *" $i "*) text="broken $i" ;; esac
			case " $ALIKE " in *" $i "*) text="mark $((i - 1))" ;; esac
			printf 'commit refs/heads/main\nauthor Ann Author <ann@example.org> 1793527200 +0000\n'
			printf 'committer C <c@example.org> 1793527200 +0000\ndata <<END\nsubject %s\nEND\n' "$i"
			printf 'M 644 inline mark\ndata <<END\n%s\nEND\nreset refs/tags/c%s\nfrom refs/heads/main\n\n' "$text" "$i"
		done
	} | git -C "$REPO" fast-import --quiet
	git -C "$REPO" checkout -q main
	git -C "$REPO" rev-list --reverse main | awk '{ print substr($1, 1, 12), NR - 1 }' >"$TMP/commits"
}
BROKEN='' ALIKE=''
commit() { git -C "$REPO" rev-parse "c$1"; }
short() { commit "$1" | cut -c1-12; }

# The workload's time under the commit of an arm: from FIRST on TIMES as long, with 0.5 % of noise of SEED.
cat >"$TMP/time" <<'END'
case $DOUBLE_POLICY in
good | parent) slow=0 ;;
bad | found) slow=1 ;;
*) slow=$(awk -v hash="${DOUBLE_POLICY#c-}" -v first="$FIRST" '$1 == hash { print ($2 >= first) }' "$COMMITS") ;;
esac
count=$(($(cat "$COUNT" 2>/dev/null) + 1))
echo "$count" >"$COUNT"
awk -v slow="$slow" -v times="$TIMES" -v seed="$SEED" -v count="$count" 'BEGIN {
	srand(seed * 100003 + count)
	for (i = 0; i < 12; i++) z += rand()
	printf "metric time s lower %.9f\n", (slow ? times : 1) * exp(0.005 * (z - 6))
}'
END
settings() { printf 'FIRST=%s TIMES=%s SEED=%s COMMITS=%s COUNT=%s' "$1" "$2" "$3" "$TMP/commits" "$TMP/count" >"$TMP/settings"; rm -f "$TMP/count" "$TMP/built"; }
workload noisy ". $TMP/settings; . $TMP/time >&\$SCXB_RESULT_FD"
BUILD="if grep -q broken mark; then exit 7; fi; mkdir out; cat $B/schedulers/fifo.bpf.o mark >out/x.bpf.o; echo \$BISECT_COMMIT >>$TMP/built"
bisect() { run "$SCXBENCH" bisect --results "$TMP/results" --repo "$REPO" "$@"; }
again() { bisect c0 "c$LAST" -s out/x.bpf.o -w noisy --build "$BUILD" "$@"; }
found() { sed -n 's/^\([0-9a-f]*\) is the first bad commit.*/\1/p' "$TMP/out"; }
has() { grep -qF -- "$1" "$TMP/out"; }
# told NAME CODE TEXT   the last run ended with CODE and a line on stderr that holds TEXT
told() { check "$1" sh -c '[ "$1" = "$2" ] && grep -qF -- "$3" "$4"' sh "$RC" "$2" "$3" "$TMP/err"; }
samples() { find "$TMP/results/runs" -name 'sample-*.json' | wc -l; }
id() { sed -n 's/^bisection \([^:]*\):.*/\1/p' "$TMP/out"; }

refs() { { git -C "$REPO" for-each-ref; git -C "$REPO" rev-parse HEAD; git -C "$REPO" status --porcelain; git -C "$REPO" worktree list; ls -A "$REPO/.git"; } | cksum; }

LAST=64
for seed in 1 2; do
	first=$((seed * 19 % 64 + 1))
	history 64
	settings "$first" 1.05 "$seed"
	before=$(refs)
	DOUBLE_SEED=$seed again
	is "64 commits, 5 %, seed $seed: found" "$RC $(found)" "0 $(commit "$first")"
	is "... in six turns" "$(grep -c 'like GOOD\|like BAD' "$TMP/out")" 6
done
check "author, date and subject are shown" sh -c "grep -q 'Ann Author, 2026' '$TMP/out' && grep -q 'subject $first' '$TMP/out'"
check "with its ratio to its parent" grep -q "^time (s) is 1.0[0-9]* times that of its parent $(short $((first - 1))) (95 % interval" "$TMP/out"
check "and the chance of a wrong turn" has "at most 5 %"
is "the repository is as it was" "$(refs)" "$before"
is "each commit was built once" "$(sort "$TMP/built" | uniq -d)" ""

# Again, from what is stored.
cp "$TMP/out" "$TMP/first"
before=$(samples)
rm "$TMP/built"
again
is "the same call again says the same" "$RC $(cmp "$TMP/out" "$TMP/first")" "0 "
bisect --resume "$(id)"
is "so does --resume" "$RC $(cmp "$TMP/out" "$TMP/first")" "0 "
is "nothing is measured or built for it" "$(samples) $(cat "$TMP/built" 2>/dev/null)" "$before "
again --json
check "as JSON" sh -c "grep -q '\"end\": \"found\"' '$TMP/out' && grep -q '\"subject\": \"subject $first\"' '$TMP/out'"
run "$SCXBENCH" store --results "$TMP/results" --list
is "its samples are ordinary runs of the store" "$(grep -c '^bisect-' "$TMP/out")" 8
run "$SCXBENCH" history --results "$TMP/results" --json
check "but no policies of the history" sh -c "! grep -q good '$TMP/out'"
run "$SCXBENCH" share --results "$TMP/results"
ended "and never the latest run" 2 "no run is stored yet"
run "$SCXBENCH" report --results "$TMP/results" "$(basename "$TMP"/results/runs/*-found)"
is "they have pages" "$RC" 0
again --repo "$TMP" --risk 1%
ended "what is no repository is named" 2 "has no commit 'c0'"

# Killed while it measures, and while it bisects.
LAST=16
history 16
settings 11 1.05 1
export DOUBLE_SEED=1
DOUBLE_AT=attach:9:kill again
is "killed while a step is measured: 1" "$RC" 1
check "what ended is kept: $(samples)" [ "$(samples)" -gt 4 ]
DOUBLE_AT=attach:12:int again
is "interrupted: 130" "$RC" 130
told "it says how to go on" 130 "'scxbench bisect --resume bisect-"
DOUBLE_KILL=30 again
is "killed itself: 137" "$RC" 137
again
is "then it goes on, and finds it" "$RC $(found)" "0 $(commit 11)"

# In the lab a step ends the call, is measured elsewhere, and the next call goes on.
history 16
settings 11 1.05 1
export SCXBENCH_STEP="$TMP/step.json"
: >"$TMP/said"
while SCXBENCH_GUEST=tcg again --where lab; cat "$TMP/err" >>"$TMP/said"; [ "$RC" = 71 ]; do
	"$SCXBENCH" bisect --results "$TMP/results" --where lab >/dev/null 2>&1
done
unset SCXBENCH_STEP
is "by steps: found" "$RC $(found)" "0 $(commit 11)"
is "what it is is said once, each turn once" "$(grep -c '^scxbench: bisection' "$TMP/said") $(grep -c '^scxbench: commit' "$TMP/said")" "1 $(grep -c 'like GOOD\|like BAD' "$TMP/out")"

# Commits that can't be built.
BROKEN='8 9 12' history 16
settings 11 1.05 2
again
is "commits that can't be built are skipped" "$RC $(found)" "0 $(commit 11)"
is "and told" "$(grep -c "can't be built: the build ended with 7" "$TMP/out")" "$(grep -c . "$TMP"/results/bisect/*/kept/*/failed | grep -c failed)"
BROKEN='10 11' history 16
settings 11 1.05 2
again
is "what is left is a range where they hide the answer" "$RC" 4
check "... of these three" sh -c "grep -q 'is one of these' '$TMP/out'; for c in $(short 10) $(short 11) $(short 12); do grep -q \"^    \$c\" '$TMP/out' || exit 1; done"
BROKEN='16' history 16
again
told "BAD itself can't be built" 3 "BAD, commit $(short 16), can't be built: the build ended with 7"

# Files that did not change.
ALIKE='8' history 8
LAST=8
settings 3 1.05 3
again
is "the file of a commit that is known is not measured again" "$RC $(found)" "0 $(commit 3)"
check "BAD's own" sh -c "! grep -q '^ *$(short 8) .*like BAD' '$TMP/out'"
printf 'x' >"$REPO/note" && git -C "$REPO" add note && git -C "$REPO" commit -qm note && git -C "$REPO" tag c9
bisect c8 c9 -s out/x.bpf.o -w noisy --build "$BUILD"
is "two commits of the same file: nothing to bisect" "$RC" 4
check "... which is said" has "the same file as that of GOOD"

# A branch that was merged: c0 - c1 - merge - end, with s1 and s2 beside c1.
history 1
mark() { echo "mark $1" >"$REPO/mark" && git -C "$REPO" commit -qam "subject $1" && git -C "$REPO" tag "$1"; }
git -C "$REPO" checkout -qb side c0
mark s1
mark s2
git -C "$REPO" checkout -q main
git -C "$REPO" merge -q -s ours --no-commit side 2>/dev/null
mark merge
mark merged
mark end
for tag in c0 c1 s1 s2 merge merged end; do
	case $tag in c*) slow=0 ;; *) slow=1 ;; esac
	echo "$(git -C "$REPO" rev-parse "$tag" | cut -c1-12) $slow"
done >"$TMP/commits"
settings 1 1.05 6
branched() { bisect c0 end -s out/x.bpf.o -w noisy --build "$BUILD" "$@"; }
branched
is "the first bad commit may be on a branch" "$RC $(found)" "0 $(git -C "$REPO" rev-parse s1)"
branched --first-parent
is "or is the merge, by the first parents alone" "$RC $(found)" "0 $(git -C "$REPO" rev-parse merge)"

# One under which the policy is ejected.
history 8
settings 6 1.05 4
DOUBLE_EJECT=c-$(short 4) again
is "a commit under which it is ejected is skipped" "$RC $(found)" "0 $(commit 6)"
check "with the reason" grep -q "^ *$(short 4) .*skipped: ejected in 2 of 2 samples: .*stall" "$TMP/out"
history 8
DOUBLE_EJECT=c-$(short 4) again --bad-if ejected
is "or bad, if that is asked for" "$RC" 0
check "... which is then what is found first" grep -q "^ *$(short 4) .*like BAD: ejected" "$TMP/out"
history 8
DOUBLE_EJECT=bad again
told "BAD is ejected" 3 "BAD can't be measured: ejected in 2 of 2 samples"

# Not decided.
history 8
settings 9 1.00 5
again --blocks 8
is "where GOOD and BAD do not differ: 4" "$RC" 4
check "... which is said" has "No difference between GOOD and BAD could be shown"
settings 6 1.05 5
cat >>"$TMP/settings" <<'END'

case $DOUBLE_POLICY in c-*) FIRST=99; TIMES=1.025; COMMITS=$(mktemp); echo "${DOUBLE_POLICY#c-} 99" >"$COMMITS" ;; esac
END
again --blocks 12
is "a commit in the middle is not decided: 4" "$RC" 4
check "the range that is left" sh -c "grep -q undecided '$TMP/out' && grep -q 'is one of these' '$TMP/out'"

# Mistakes.
bisect c8 c0 -s out/x.bpf.o -w noisy --build "$BUILD"
told "BAD before GOOD" 2 "GOOD is no ancestor of BAD"
bisect c0 nosuch -s out/x.bpf.o -w noisy
ended "no such commit" 2 "has no commit 'nosuch'"
bisect c0 --upload-pack=x -s out/x.bpf.o -w noisy
is "what looks like an option" "$RC" 2
bisect c0 -s out/x.bpf.o -w noisy
ended "one commit" 2 "name two commits"
bisect c0 c8 -w noisy
ended "no policy" 2 "-s POLICY is missing"
bisect c0 c8 -s fifo -w noisy
ended "a policy of ours" 2 "names no file of a commit"
bisect c0 c8 -s out/x.bpf.o -w noisi
ended "no such workload" 2 "did you mean noisy?"
bisect c0 c8 -s out/x.bpf.o -w noisy --build true
told "a build that makes nothing" 3 "the build made no out/x.bpf.o"
bisect --resume nosuch
ended "no such bisection" 2 "no bisection nosuch"
bisect --resume ../x
ended "an id that leads elsewhere" 2 "../x"
done_testing
