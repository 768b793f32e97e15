#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the exact lab takes into its image besides this tree's program and policies: the objects, commands and workloads that
# the options name, and all of LAB_FILES. The lab's own scripts, in this machine's root.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/src/harness/lab MINE=$TMP/mine
mkdir -p "$LAB/exact" "$MINE/bin" "$TMP/results"
cp harness/lab/exact.sh harness/lab/lib.sh "$LAB"
for script in kernel scx-simple; do printf '#!/bin/sh\necho /dev/null\n' >"$LAB/$script.sh"; done
# The words with which the image would be made; then it fails.
cat >"$LAB/chroot.sh" <<'END'
#!/bin/sh
case "$*" in
*initrd.sh*) shift 9; echo "$*" >"$WORDS"; exit 1 ;;
esac
END
chmod +x "$LAB"/*.sh
export WORDS="$TMP/words"

# taken OPTIONS...   the files and commands
taken() {
	LAB_RESULTS=$TMP/results SEEDS=1 run "$LAB/exact.sh" -w quick "$@"
	cat "$WORDS"
}
is "an object at its place" "$(taken -s fair -s /run/files/x.bpf.o)" "/run/files/x.bpf.o"
is "one of this directory" "$(taken -s fair -s x.bpf.o:slice_us=5000)" "x.bpf.o"
is "one of several ops in an object" "$(taken -s mine=dir/x.bpf.o#a_ops)" "dir/x.bpf.o"
is "a policy and the one above it" "$(taken -s child=dir/x.bpf.o:below=root.bpf.o)" "dir/x.bpf.o root.bpf.o"
is "a command, without its arguments" "$(taken -s 'cmd:scx_rusty --fifo-sched')" "scx_rusty"
is "no word of this tree's policies" "$(taken -s fair -s vtime:slice_us=5000)" ""
mkdir -p "$TMP/src/.build/lab/workloads"
touch "$TMP/src/.build/lab/workloads/exact" "$TMP/src/.build/lab/workloads/exacting" "$TMP/src/.build/lab/workloads/quick"
is "the workloads that are named, once each" "$(taken -s fair -wexact-pipe --workload=exact-timer | tr '\n' ' ')" \
	"/src/.build/lab/workloads/exact /src/.build/lab/workloads/quick "
done_testing
