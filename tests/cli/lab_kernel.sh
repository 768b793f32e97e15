#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel the lab boots: by version, by path, from a kernel's tree, or the default; and which package of which suite
# a version comes from, or the kernel's own policies. The archive is a double, so nothing is downloaded and nothing booted.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/src/harness/lab
export SCXBENCH_CACHE="$TMP/the cache"
KERNELS=$SCXBENCH_CACHE/kernels
mkdir -p "$LAB" "$KERNELS" "$TMP/my linux/arch/x86/boot" "$TMP/empty"
cp harness/lab/kernel.sh harness/lab/scx-all.sh harness/lab/lib.sh "$LAB"
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

# An archive of three suites. A package's name says what is in it.
mkdir -p "$TMP/bin" "$TMP/image/usr/share/keyrings"
: >"$TMP/image/usr/share/keyrings/debian-archive-keyring.gpg"
printf '#!/bin/sh\necho "%s/image"\n' "$TMP" >"$LAB/image.sh"
cat >"$TMP/bin/apt-cache" <<'END'
#!/bin/sh
for arg; do case $arg in Dir::Etc::SourceList=*) suite=$(cut -d' ' -f3 "${arg#*=}") ;; esac; done
case $suite in
trixie-backports)
	printf 'linux-%s-cloud-amd64\n' binary-6.19.14+deb13 image-6.19.14+deb13 image-6.18.9+deb13 image-6.18.15+deb13
	printf 'linux-source-%s\n' 6.19 7.0 ;;
trixie) echo linux-image-6.12.117+deb13-cloud-amd64 linux-image-6.12.117+deb13-cloud-amd64-dbg | tr ' ' '\n' ;;
bookworm) printf 'linux-image-6.1.0-%s-cloud-amd64\n' 9 50 ;;
esac
END
cat >"$TMP/bin/apt-get" <<'END'
#!/bin/sh
[ "$1" != indextargets ] || { echo "http://mirror/debian/ Debian Debian"; exit; }
for package; do :; done
case " $* " in *" download "*) echo "$package" >>"$FETCHED"; : >"${package}_1_amd64.deb" ;; esac
END
cat >"$TMP/bin/dpkg-deb" <<'END'
#!/bin/sh
name=${2%_1_amd64.deb} tree=$(mktemp -d)
mkdir -p "$tree/boot" "$tree/usr/bin"
case $name in
linux-source-*)
	mkdir -p "$tree/usr/src" "$tree/$name/tools/sched_ext"
	tar -cJf "$tree/usr/src/$name.tar.xz" -C "$tree" "$name" ;;
linux-*) echo "$name" >"$tree/boot/vmlinuz-1" ;;
busybox-static) : >"$tree/usr/bin/busybox" ;;
esac
case $name in *-6.1.*) echo CONFIG_VIRTIO_FS=m ;; *) echo CONFIG_VIRTIO_FS=y ;; esac >"$tree/boot/config-1"
tar -c -C "$tree" .
rm -r "$tree"
END
printf '#!/bin/sh\nexec cat\n' >"$TMP/bin/xz"
cat >"$LAB/chroot.sh" <<'END'
#!/bin/sh
case $1 in
/src/harness/lab/initramfs.sh) echo "initramfs of ${3##*/}" >"${LAB_BIND%:*}/initrd" ;;
sh) made=$(echo "$LAB_BIND" | tail -1) && echo compiled >"${made%%:*}/policy.bpf.o" ;;
esac
END
chmod +x "$LAB"/*.sh "$TMP/bin"/*
export FETCHED="$TMP/fetched" PATH="$TMP/bin:$PATH"
# fetches NAME VERSION IMAGE PACKAGE...
fetches() {
	: >"$FETCHED"
	run "$LAB/kernel.sh" "$2"
	is "$1" "$RC $(cat "$TMP/out") $(tr '\n' ' ' <"$FETCHED")" "0 $KERNELS/$3 ${4:+$4 }"
}
fetches "Linux 6.18 is the newest image package of backports" 6.18 6.18.15+deb13 linux-image-6.18.15+deb13-cloud-amd64
rm "$KERNELS/6.19.14+deb13"
fetches "later ones are in a package of their own" 6.19 6.19.14+deb13 linux-binary-6.19.14+deb13-cloud-amd64
fetches "the suite's own kernel" 6.12 6.12.117+deb13 linux-image-6.12.117+deb13-cloud-amd64
check "needs no initramfs" test ! -e "$KERNELS/6.12.117+deb13.initrd"
fetches "that of the suite before, with busybox for an initramfs" 6.1 6.1.0-50 "linux-image-6.1.0-50-cloud-amd64 busybox-static"
is "which is beside it" "$(cat "$KERNELS/6.1.0-50.initrd")" "initramfs of 6.1.0-50"
fetches "it is fetched once, and its initramfs is no kernel" 6.1 6.1.0-50 ""
run "$LAB/kernel.sh" 5.4
ended "what no suite has" 3 "the archive has no Linux 5.4 for the lab"

: >"$FETCHED"
unset KERNELS
for time in first second; do
	run "$LAB/scx-all.sh"
	is "the kernel's own policies, the $time time" "$RC $(cat "$TMP/out") $(cat "$FETCHED")" \
		"0 $SCXBENCH_CACHE/scx-all-trixie linux-source-7.0"
done
check "are what was made of its source" [ -f "$SCXBENCH_CACHE/scx-all-trixie/policy.bpf.o" ]
done_testing
