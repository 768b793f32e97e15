#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a guest of the lab gets from its caller, and what comes back. The lab's own script, with a double in place of
# the virtual machine: it keeps the job that the guest's init would run.
. "$(dirname "$0")/../tap.sh"

LAB="$TMP/my tree's/harness/lab"
mkdir -p "$LAB" "$TMP/results"
cp harness/lab/run.sh harness/lab/lib.sh "$LAB"
export LAB_RESULTS="$TMP/results" JOBS="$TMP/jobs" LAB_CPUS=2 TERM=dumb LAB_CWD="$TMP"
for script in root kernel; do printf '#!/bin/sh\necho /dev/null\n' >"$LAB/$script.sh"; done
printf '#!/bin/sh\necho kvm\n' >"$LAB/accel.sh"
# machine.sh JOB ACCEL ..., as run.sh calls it
cat >"$LAB/chroot.sh" <<'END2'
#!/bin/sh
job=$LAB_RESULTS/.lab/${2##*/}
touch "$job/started"
cp "$job/job.sh" "$JOBS"
sh "$job/job.sh" >"$job/stdout"
echo $? >"$job/status"
END2
chmod +x "$LAB"/*.sh

run "$LAB/run.sh" sh -c 'echo out; echo err >&2; exit 5'
is "the exit code is the command's" "$RC" 5
is "its stdout is on stdout" "$(cat "$TMP/out")" out
check "its stderr is on stderr" grep -qx err "$TMP/err"
check "progress does not go into a file" grep -qx "export SCXBENCH_PROGRESS='0'" "$JOBS"
SCXBENCH_PROGRESS=1 run "$LAB/run.sh" true
check "unless it is asked for" grep -qx "export SCXBENCH_PROGRESS='1'" "$JOBS"
SCXBENCH_PROGRESS=lines run "$LAB/run.sh" true
check "as lines, too" grep -qx "export SCXBENCH_PROGRESS='lines'" "$JOBS"
run "$LAB/run.sh" printf '%s|' "it's" 'a  b' '$HOME' ''
is "words arrive as they are" "$(cat "$TMP/out")" "it's|a  b|\$HOME||"

# A kernel that can't mount the lab's root: the machine ends by itself.
cat >"$LAB/chroot.sh" <<'END2'
#!/bin/sh
echo "$SAYS" >"$LAB_RESULTS/.lab/${2##*/}/console.log"
echo boot >>"$BOOTS"
echo "$LAB_BIND" >"$BOUND"
END2
printf '#!/bin/sh\necho tcg\n' >"$LAB/accel.sh"
export BOOTS="$TMP/boots" BOUND="$TMP/bound" SAYS="[    2.9] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)"
run "$LAB/run.sh" true
ended "a kernel without virtio-fs can't be the lab's" 3 "can't be the lab's: it can't mount the lab's root"
is "and is booted once" "$(wc -l <"$BOOTS") $(grep -c 'starting it again' "$TMP/err")" "1 0"
: >"$BOOTS"
SAYS="[    2.9] Kernel panic - not syncing: Attempted to kill init!" run "$LAB/run.sh" true
is "another panic may be emulation's fault: it is started again" "$RC $(wc -l <"$BOOTS")" "70 3"
check "and the panic is what is said" grep -qF "did not boot: Kernel panic - not syncing: Attempted to kill init!; starting it again" "$TMP/err"
check "a kernel without an initramfs gets none" sh -c "! grep -q initrd '$BOUND'"
: >"$TMP/vmlinuz" && : >"$TMP/vmlinuz.initrd"
printf '#!/bin/sh\necho "%s"\n' "$TMP/vmlinuz" >"$LAB/kernel.sh"
run "$LAB/run.sh" true
check "one with it has it" grep -qxF "$TMP/vmlinuz.initrd:/tmp/initrd" "$BOUND"

# The chroot's own script, with the tools that need root as doubles that write down their words.
cp harness/lab/chroot.sh "$LAB"
printf '#!/bin/sh\necho "%s"\n' "$TMP/image" >"$LAB/root.sh"
printf '#!/bin/sh\n' >"$LAB/../commit.sh"
mkdir -p "$TMP/bin" "$TMP/image/dev" "$TMP/image/tmp" "$TMP/it's a folder"
printf '#!/bin/sh\n[ "$1" != --map-root-user ] || shift\nshift\nexec "$@"\n' >"$TMP/bin/unshare"
# shellcheck disable=SC2016  # is the double's to read
for tool in mount chroot; do printf '#!/bin/sh\nprintf "<%%s>" %s "$@" >>"$CALLS"; echo >>"$CALLS"\n' $tool >"$TMP/bin/$tool"; done
chmod +x "$LAB"/*.sh "$LAB/../commit.sh" "$TMP/bin"/*
export CALLS="$TMP/calls"
run env PATH="$TMP/bin:$PATH" LAB_BIND="$TMP/it's a folder:/tmp/results
$TMP/jobs:/tmp/job" "$LAB/chroot.sh" true
is "the chroot with names that a shell would read" "$RC$(cat "$TMP/err")" 0
check "this tree is there" grep -qxF "<mount><--bind><$TMP/my tree's><$TMP/image/src>" "$CALLS"
check "a folder" grep -qxF "<mount><--bind><$TMP/it's a folder><$TMP/image/tmp/results>" "$CALLS"
check "a file" grep -qxF "<mount><--bind><$TMP/jobs><$TMP/image/tmp/job>" "$CALLS"
rm -r "$TMP/bin/chroot" "$TMP/image/dev"
mkdir "$TMP/image/dev"
run env PATH="$TMP/bin:/usr/bin:/bin" "$LAB/chroot.sh" true
check "chroot is found where a user's PATH has no sbin" grep -q "^chroot: .*/usr/bin/env" "$TMP/err"
run env LAB_RESULTS="$TMP/a
b" "$LAB/run.sh" true
ended "but no line break" 3 "has a line break; give it another name"
done_testing
