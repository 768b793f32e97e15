#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make install and uninstall: the program finds its home there, and what a person wrote is never overwritten.
. "$(dirname "$0")/../tap.sh"

# A name that a shell would read, if it were not quoted.
D="$TMP/my \"dest's\" \`touch ran\`"
O=.build/lab
in_place() { make --no-print-directory -s O=$O DESTDIR="$D" PREFIX=/usr "$@"; }
installed() { (cd "$D" && find . ! -type d | sort); }

run in_place install
is "make install ends with 0" "$RC" 0
diag <"$TMP/err"
S=$D/usr/bin/scxbench
run "$S" list
is "the installed program lists every policy" "$RC $(grep -c '^  [a-z]' "$TMP/out" | grep -c '[1-9]')" "0 1"
for policy in schedulers/*/*.bpf.c; do
	name=${policy##*/}
	check "${name%.bpf.c} is there" grep -q "${name%.bpf.c}" "$TMP/out"
done
check "and workloads" grep -q hackbench-pipe "$TMP/out"
run "$S" bench --dry-run -s fair -s fifo -w hackbench-pipe
is "it resolves a run" "$RC" 0
is "the objects that are no policies are there too" \
	"$(cd "$D/usr/lib/scxbench" && find harness -name '*.o' | sort | tr '\n' ' ')" \
	"$(printf '%s\n' harness/*/*.bpf.c | sed 's/c$/o/' | sort | tr '\n' ' ')"
mkdir "$TMP/bin"
for tool in sh dirname pwd cat grep uname id realpath sed awk tr sort head paste ls; do ln -s "$(command -v $tool)" "$TMP/bin/$tool"; done
run env PATH="$TMP/bin" "$S" doctor --native
check "what a run lacks is named: no compiler for BPF is" sh -c 'grep -q "missing .*cyclictest" "$1" && ! grep -qi "missing.*clang" "$1"' sh "$TMP/out"
check "pages are there" test -s "$D/usr/lib/scxbench/plots/page.html"
is "without those of the READMEs" "$(installed | grep -c '\.png$')" 0
check "and what draws their pictures" test -s "$D/usr/lib/scxbench/plots/forest.gp"

SHARE=$D/usr/share
is "a man page for each command, and one for all" "$(cd "$SHARE/man/man1" && echo *)" \
	"$("$S" help | sed -n 's/^  \([a-z]*\) .*/scxbench-\1.1/p' | sort | tr '\n' ' ')scxbench.1"
is "completion for three shells" "$(cd "$SHARE" && find bash-completion zsh fish -type f | sort | tr '\n' ' ')" \
	"bash-completion/completions/scxbench fish/vendor_completions.d/scxbench.fish zsh/site-functions/_scxbench "
is "what Slurm runs on a node is there, ready to run" "$(cd "$SHARE/scxbench/slurm" && find . -perm -100 | sort | tr '\n' ' ')" ". ./epilog ./health ./prolog "
is "none of it is empty" "$(find "$SHARE" -type f -empty)" ""

# From there, as a person would, who has no tree.
cp -r "$D/usr" "$TMP/usr"
sed -i "s,^prefix=.*,prefix=$TMP/usr," "$TMP"/usr/share/pkgconfig/*.pc
export PKG_CONFIG_PATH="$TMP/usr/share/pkgconfig"
cp -r "$TMP/usr/share/scxbench/policy" "$TMP/policy"
run make -C "$TMP/policy" CLANG=clang-19
is "the installed folder of a policy is built with what is installed" "$RC" 0
diag <"$TMP/err"
run "$S" bench --dry-run -s fair -s "$TMP/policy/mine.bpf.o" -w hackbench-pipe
is "and is one" "$RC" 0
run env PKG_CONFIG_PATH=/none make -C "$TMP/policy" -B
is "without the headers it says what is missing" "$RC $(grep -c 'install scxbench.s headers' "$TMP/err")" "2 1"
printf '#include <scxbench-hint.h>\nint main(void) { return 0; }\n' >"$TMP/program.c"
check "so is a program that gives hints" gcc -I"$TMP/usr/include/scxbench" -o "$TMP/program" "$TMP/program.c"

# shellcheck disable=SC2046  # options
check "and one that steers, with the library" sh -c "gcc tests/vm/control/steer.c -o '$TMP/steer' \
	$(pkg-config --cflags --libs scxbench-ctl)"
run env SCXBENCH_ROOT="$TMP/none" "$TMP/steer" comm:x weight 3
ended "which learns from it what is missing, on a kernel without sched_ext" 1 "this kernel has no sched_ext"
is "it shows no name but its own" "$(nm -g --defined-only "$D/usr/lib/libscxbench-ctl.a" | grep -vc ' scxbench_ctl_\|^$\|:$')" 0

UNITS=$D/usr/lib/systemd/system
LIST=$(sed -n 's/.*ROW(\(CAP_[A-Z_]*\),.*/\1/p' harness/util/caps.c | sort)
is "the service has the capabilities of the one list" \
	"$(sed -n 's/^CapabilityBoundingSet=//p' "$UNITS/scxbench-nightly.service" | tr ' ' '\n' | sort)" "$LIST"
check "README gives their number" grep -qF "$(echo "$LIST" | wc -l) capabilities" README.md
is "the service runs the installed program" "$(grep -c '=/usr/bin/scxbench nightly' "$UNITS/scxbench-nightly.service")" 2
# Where clocks change, they do so between 0:00 and 3:00: such a night would be left out.
is "every night has the time of the timer" "$(awk -F '[ :]' '/^OnCalendar=/ { print ($2 >= 3) }' "$UNITS/scxbench-nightly.timer")" 1
check "nothing is left to fill in" sh -c '! grep -r @ "$1"' sh "$UNITS"

CONF=$D/etc/scxbench/nightly.conf
export SCXBENCH_ROOT="$D"
run "$S" nightly --check
is "the settings that are installed say nothing yet: no complaint" "$(grep -c "$CONF" "$TMP/err")" 0
# Each example, one by one: some exclude each other.
sed -n 's/^#\([a-z-]* = \)/\1/p' "$CONF" >"$TMP/examples"
"$S" nightly --help | sed -n '/^Keys:/,/^$/s/^  \([a-z-]*\) .*/\1/p' | sort >"$TMP/keys"
is "every key is in it, and no other" "$(sed 's/ = .*//' "$TMP/examples" | sort -u)" "$(cat "$TMP/keys")"
bad=
while read -r line; do
	"$S" nightly --check -o "$line" 2>&1 | grep -q '^scxbench: -o' && bad="$bad $line"
done <"$TMP/examples"
is "each example is good" "$bad" ""
is "each default is the program's" "" "$("$S" nightly --help | sed -n 's/^  \([a-z-]*\) .*(default: \(.*\))$/\1 = \2/p' |
	grep -vxF -f "$TMP/examples")"

echo 'blocks = 6' >"$CONF"
installed >"$TMP/before"
in_place install
is "a second install changes nothing that a person wrote" "$(cat "$CONF")" 'blocks = 6'
installed | cmp -s - "$TMP/before" && ok "and leaves the same files" || not_ok "and leaves the same files"
check "no word of the folder was run" [ ! -e ran ]
run in_place uninstall
is "make uninstall leaves the settings alone" "$RC $(installed)" "0 ./etc/scxbench/nightly.conf"
check "and says so" grep -q /etc/scxbench "$TMP/out"
done_testing
