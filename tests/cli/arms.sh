#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Arms of a run: names that are given to them, and the command that repeats them all.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

member() { sed -n "s/.*\"$2\":\(\[[^]]*\]\|\"[^\"]*\"\).*/\1/p" "$TMP/results/runs/$1/run.json"; }
# command RUN   what repeats it, out of its JSON
command() { sed -n 's/.*"command":"\(.*\)","where":.*/\1/p' "$TMP/results/runs/$1/run.json" | sed 's/\\\(["\\]\)/\1/g'; }

cp "$B/schedulers/fifo.bpf.o" "$TMP/mine=1.bpf.o"
bench -s fair -s old=vtime:slice_us=3000 -s "new.1=$TMP/mine=1.bpf.o" -w quick --no-instrumented --run-id named
is "arms have names of their own" "$RC $(member named policies)" '0 ["fair","old","new.1"]'
is "and the run keeps what they stand for" "$(member named policy_given)" "[null,\"vtime:slice_us=3000\",\"$TMP/mine=1.bpf.o\"]"
is "the samples are theirs" "$(grep -oh '"policy":"[^"]*"' "$TMP"/results/runs/named/sample-*.json | sort | uniq -c | tr -s ' \n' ' ')" \
	' 1 "policy":"fair" 1 "policy":"new.1" 1 "policy":"old" '
check "with their slices and what they are below: $(sed -n 2,6p "$TMP/out")" sh -c '[ "$(sed -n 3,5p "$1")" = "$2" ]' sh "$TMP/out" \
	"old slice 3 ms, new.1 slice 20 ms
old is vtime:slice_us=3000
new.1 is $TMP/mine=1.bpf.o"
check "and in the head of the page's matrix" grep -q '>old<small>vtime:slice_us=3000</small><small>slice 3 ms</small></th>' \
	"$TMP/results/report/named/index.html"
check "and in results.json" sh -c 'tr -d " \n" <"$1" | grep -qF "{\"policy\":\"old\",\"given\":\"vtime:slice_us=3000\",\"slice_ns\":3000000}"' \
	sh "$TMP/results/report/named/results.json"
check "the terminal has them" grep -q 'fair  *old  *new.1' "$TMP/out"
is "the command that repeats the run has both" "$(command named)" \
	"scxbench bench --plan decide --blocks 1 --seed 1 -s 'fair' -s 'old=vtime:slice_us=3000' -s 'new.1=$TMP/mine=1.bpf.o' -w quick --no-aa --no-warmup --no-instrumented"
run "$SCXBENCH" compare --results "$TMP/results" named:old named:new.1
is "they are compared by name" "$RC" 0
bench -s a=fifo -s b=fifo -w quick --no-instrumented --run-id same
is "the same policy twice, on purpose" "$RC $(member same policies)" '0 ["a","b"]'

DOUBLE_AT=attach:2:int bench -s fair -s old=fifo -w quick --no-instrumented --run-id cut
run "$SCXBENCH" bench --results "$TMP/results" --resume cut
is "a run with names is resumed" "$RC $(find "$TMP/results/runs/cut" -name 'sample-*' | wc -l)" "0 2"

bench -s fair -s old=fifo -s old=vtime -w quick
ended "a name twice" 2 "policy 'old' is given twice"
bench -s fair -s fair=fifo -w quick
ended "fair is the kernel's own" 2 "fair is a policy of its own: choose another name"
bench -s vtime=fifo -w quick
ended "another policy's name" 2 "vtime is a policy of its own"
bench -s vtime=vtime:slice_us=3000 -w quick
ended "a variant is not the policy" 2 "vtime is a policy of its own"
bench -s vtime=vtime -w quick --no-instrumented --run-id self
is "its own name is fine" "$RC $(member self policies) $(member self policy_given)" '0 ["vtime"] [null]'
bench -s -old=fifo -w quick
ended "a name that looks like an option" 2 "begin with a letter or a digit"
bench -s old= -w quick
ended "a name of nothing" 2 "has no name of a policy"
bench -s old=fiffo -w quick
ended "a slip behind a name" 2 "no policy named 'fiffo': did you mean fifo?"

# The command, pasted into a shell, gives the same arguments; in the lab to make.
cat >"$TMP/scxbench" <<'END'
#!/bin/sh
printf '<%s>' "$@"
END
chmod +x "$TMP/scxbench"
pasted() { (PATH="$TMP:$PATH" && eval "$1"); }
cp "$TMP/mine=1.bpf.o" "$TMP/it's \$HOME.bpf.o"
bench -s fair -s "odd=$TMP/it's \$HOME.bpf.o" -w quick --no-instrumented --run-id odd
is "what a shell would take apart is quoted" "$(pasted "$(command odd)")" \
	"<bench><--plan><decide><--blocks><1><--seed><1><-s><fair><-s><odd=$TMP/it's \$HOME.bpf.o><-w><quick><--no-aa><--no-warmup><--no-instrumented>"
bench -s fair -s "odd=$TMP/it's \$HOME.bpf.o" -w quick --no-instrumented --where lab --run-id odd-lab
cat >"$TMP/Makefile" <<'END'
bench:
	@scxbench $(foreach s,$(SCHEDULERS),-s '$(s)') $(ARGS)
END
is "and for make" "$(cd "$TMP" && pasted "$(command odd-lab)")" \
	"<-s><fair><-s><odd=$TMP/it's \$HOME.bpf.o><--no-aa><--no-warmup><--no-instrumented>"
bench -s fair -s old=fifo -w quick --no-instrumented --where lab --run-id lab
is "plain names are variables of make" "$(command lab)" \
	'make bench WHERE=lab PLAN=decide BLOCKS=1 SEED=1 SCHEDULERS="fair old=fifo" WORKLOADS="quick" ARGS="--no-aa --no-warmup --no-instrumented"'
done_testing
