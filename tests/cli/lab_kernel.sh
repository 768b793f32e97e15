#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel the lab boots: by version, by path, from a kernel's tree, or the default. With kernels that were fetched
# before, so nothing is downloaded and nothing booted.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/src/harness/lab
export SCXBENCH_CACHE="$TMP/the cache"
KERNELS=$SCXBENCH_CACHE/kernels
mkdir -p "$LAB" "$KERNELS" "$TMP/my linux/arch/x86/boot" "$TMP/empty"
cp harness/lab/kernel.sh harness/lab/lib.sh "$LAB"
for version in 6.19.14+deb13 7.0.9+deb13 7.0.13+deb13 7.3.4+deb13; do : >"$KERNELS/$version"; done
echo 7.3.4+deb13 >"$KERNELS/default"
: >"$TMP/my linux/arch/x86/boot/bzImage"
: >"$TMP/7-mine"
unset LAB_KERNEL
# A lab without an archive: what is not there can't be had.
for script in image root; do printf '#!/bin/sh\nexit 3\n' >"$LAB/$script.sh"; done
chmod +x "$LAB"/*.sh

# gives NAME IMAGE [LAB_KERNEL]   the kernel that a guest would boot
gives() {
	run env ${3:+LAB_KERNEL="$3"} "$LAB/kernel.sh"
	is "$1" "$RC $(cat "$TMP/out")" "0 $2"
}

gives "the default" "$KERNELS/7.3.4+deb13"
gives "the newest of a version" "$KERNELS/7.0.13+deb13" 7.0
gives "a version is not cut within a number" "$KERNELS/7.0.9+deb13" 7.0.9
gives "a whole version" "$KERNELS/6.19.14+deb13" 6.19.14+deb13
gives "an image" "$TMP/7-mine" "$TMP/7-mine"
cd "$TMP" || exit
gives "an image here, whose name begins as a version does" "$TMP/7-mine" 7-mine
gives "the tree of a kernel, with blanks in its path" "$TMP/my linux/arch/x86/boot/bzImage" "my linux"
for wrong in empty no/such vmlinuz; do
	run env LAB_KERNEL="$wrong" "$LAB/kernel.sh"
	ended "$wrong is not a kernel" 3 "LAB_KERNEL=$wrong"
done
run env LAB_KERNEL=5.4 "$LAB/kernel.sh"
is "a version that can't be had" "$RC" 3

run "$LAB/kernel.sh" 7.0
check "a configuration that can't be had is asked for once" [ ! -s "$TMP/err" ]
# where NAME IMAGE CONFIG
where() { is "$1" "$(sh -c '. "$1"; config_of "$2"' "$LAB/kernel.sh" "$LAB/lib.sh" "$2")" "$3"; }
where "the configuration of a kernel that was fetched" "$KERNELS/7.0.13+deb13" "$KERNELS/config/7.0.13+deb13"
where "... of a built tree" "/l/arch/x86/boot/bzImage" /l/.config
where "... of an installed kernel" /boot/vmlinuz-7.3.4-amd64 /boot/config-7.3.4-amd64
where "... of a package's kernel" /usr/lib/modules/7.3.4/vmlinuz /usr/lib/modules/7.3.4/config
done_testing
