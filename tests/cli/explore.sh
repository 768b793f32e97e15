#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make explore and make replay, with a guest that is only a script: which seeds are run, when it ends, and what it says.
. "$(dirname "$0")/../tap.sh"
LAB=$TMP/harness/lab
mkdir "$TMP/harness"
cp -r harness/lab "$LAB"
cp harness/commit.sh "$TMP/harness"
export LAB_RESULTS="$TMP/results" SCXBENCH_CACHE="$TMP/cache"

printf '#!/bin/sh\necho %s\n' "$TMP/vmlinuz" >"$LAB/kernel.sh"
: >"$TMP/vmlinuz"
# What runs in the lab's root: the initramfs and the state are files, and a seed's console is what $TMP/SEED says.
cat >"$LAB/chroot.sh" <<-END
	#!/bin/sh
	host() { echo "\$LAB_BIND" | sed -n "s|^\(.*\):\$1\\\$|\1|p"; }
	shift 2 # env EXPLORE_CPUS=
	case "\$1" in
	sh) echo made >"\$(host /tmp/explore)/initrd.new" ;;
	*/keep.sh) echo boot >>$TMP/boots; : >"\$(host /tmp/explore)/state" ;;
	*/seed.sh)
		echo "\$4" >>$TMP/ran
		console="\$(host /tmp/seeds)/\${3##*/}/console"
		cat $TMP/\$4 >"\$console" 2>/dev/null || echo "explore: 0 /tmp/results/runs/x" >"\$console"
		[ ! -e $TMP/differs ] || grep -c . $TMP/ran >>"\$console" ;;
	*/debug.sh) echo "debug \$4" ;;
	esac
END
chmod +x "$LAB/kernel.sh" "$LAB/chroot.sh"
explore() { rm -f "$TMP/ran"; run env "$@" "$LAB/explore.sh"; }

explore SEEDS=6
is "where nothing breaks it ends with 0" "$RC" 0
is "and says so" "$(cat "$TMP/out")" "fifo: nothing found in 6 seeds, 1 to 6"
is "each seed was run once, and the first again" "$(sort -n "$TMP/ran" | tr '\n' ' ')" "1 1 2 3 4 5 6 "
explore SEEDS=11..13
is "a range is run" "$(sort -nu "$TMP/ran" | tr '\n' ' ')" "11 12 13 "
is "and the guest was booted once for all" "$(cat "$TMP/boots")" boot
explore MINUTES=0
is "no minutes are no seed" "$(cat "$TMP/ran" 2>/dev/null)" ""

: >"$TMP/differs"
explore SEEDS=7..7
is "where a seed is another run the second time it ends with 1" "$RC" 1
is "and says what differs" "$(cat "$TMP/err")" "lab: seed 7 was run twice, and the runs differ, so what is found could not be replayed:
2c2
< 1
---
> 2"
is "and that nothing was found is not said" "$(cat "$TMP/out")" ""
rm "$TMP/differs"

echo "explore: 1 fifo: void: custody: a task was lost" >"$TMP/5"
explore SEEDS=100
is "a fault ends it with 1" "$RC" 1
is "with the seed and the reason" "$(sed -n '1s/, after [0-9]*//p' "$TMP/out")" "fifo: seed 5: fifo: void: custody: a task was lost"
is "and the command that replays it" "$(sed -n 2p "$TMP/out")" "make replay POLICY=fifo SEED=5"
check "soon" sh -c "! grep -q '^9\$' $TMP/ran"
printf 'WARNING: CPU: 0\nexplore: 0 /tmp/results/runs/x\n' >"$TMP/2"
explore SEEDS=2
is "a warning of the kernel is a fault" "$(sed -n '1s/.*after 2: //p' "$TMP/out")" "the kernel warns: WARNING: CPU: 0"
echo "explore: 3 not root" >"$TMP/1"
explore SEEDS=1
ended "what can't be run is no find" 3 "not root"

explore SEEDS=5..5 CPUS=2
is "which says how many CPUs" "$(sed -n 2p "$TMP/out")" "make replay POLICY=fifo SEED=5 CPUS=2"

explore SEEDS=many
ended "seeds are numbers" 2 "SEEDS=many"
explore CPUS=none
ended "and CPUs" 2 "CPUS=none: give a number"
explore MINUTES=soon
ended "and so are minutes" 2 "MINUTES=soon"
explore POLICY=./none.bpf.o
ended "an object must be there" 2 "POLICY=./none.bpf.o: not there"
run env SEED=5 "$LAB/replay.sh"
is "a seed is replayed" "$(cat "$TMP/out")" "debug 5"
run env SEED= "$LAB/replay.sh"
ended "which must be given" 2 "SEED="
done_testing
