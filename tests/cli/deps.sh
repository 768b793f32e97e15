#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is missing on a machine is looked for by tool, library and version, and named as its distribution does. The
# distributions are made up: an os-release, and a PATH that has only what the scripts themselves call.
. "$(dirname "$0")/../tap.sh"

export SCXBENCH_ROOT="$TMP/root" HOME="$TMP"
BIN=$TMP/bin
mkdir -p "$SCXBENCH_ROOT/etc" "$SCXBENCH_ROOT/sys/kernel/sched_ext" "$SCXBENCH_ROOT/sys/kernel/btf" "$BIN"
: >"$SCXBENCH_ROOT/sys/kernel/btf/vmlinux"
for tool in sh dirname pwd cat grep uname id readlink sed awk tr sort head paste ls; do ln -s "$(command -v $tool)" "$BIN/$tool"; done

# distribution ID LIKE   is what this machine is from now on
distribution() { printf 'ID=%s\nID_LIKE="%s"\n' "$1" "$2" >"$SCXBENCH_ROOT/etc/os-release"; }
# has TOOL...   tools that do nothing
has() { for tool in "$@"; do printf '#!/bin/sh\n' >"$BIN/$tool"; chmod +x "$BIN/$tool"; done; }
# libraries VERSION   of all of them, by pkg-config
libraries() {
	cat >"$BIN/pkg-config" <<-EOF
		#!/bin/sh
		case \$1 in
		--modversion) echo $1 ;;
		--atleast-version=*) [ "\$(printf '%s\n' "\${1#*=}" $1 | sort -V | head -1)" = "\${1#*=}" ] ;;
		esac
	EOF
	chmod +x "$BIN/pkg-config"
}
deps() { run env PATH="$BIN" CC=cc harness/lab/deps.sh "$@"; }
where() { run env PATH="$BIN" harness/lab/where.sh; }

LIBS="libbpf.so, libhwloc.so, libsqlite3.so, libjansson.so, libgsl.so, libncursesw.so, libmd.so, libsmartcols.so, libunistring.so"
distribution fedora ''
deps run
ended "Fedora: what a run needs, in its words" 3 "missing: make, a C compiler, cyclictest, hackbench, gnuplot (pictures), $LIBS. Install them: dnf install make gcc glibc-devel realtime-tests gnuplot libbpf hwloc-libs sqlite-libs jansson gsl ncurses-libs libmd libsmartcols libunistring"
distribution cachyos arch
deps run
ended "CachyOS is like Arch" 3 "Install them: pacman -S --needed make gcc rt-tests gnuplot libbpf hwloc sqlite jansson gsl ncurses libmd util-linux-libs libunistring"
distribution opensuse-tumbleweed 'opensuse suse'
deps run
ended "openSUSE" 3 "zypper install make gcc glibc-devel rt-tests gnuplot libbpf1 libhwloc15 libsqlite3-0 libjansson4 libgsl28 libncurses6 libmd0 libsmartcols1 libunistring5"
distribution alpine ''
deps run
ended "Alpine" 3 "apk add make gcc musl-dev rt-tests gnuplot libbpf hwloc sqlite-libs jansson gsl libncursesw libmd libsmartcols libunistring"
distribution nixos ''
deps run
ended "NixOS" 3 "nix-shell -p gnumake gcc rt-tests gnuplot libbpf hwloc sqlite jansson gsl ncurses libmd util-linux libunistring"
distribution pop 'ubuntu debian'
deps more
ended "Pop is like Ubuntu, and has no apt in its PATH" 3 "apt-get install linux-tools-generic stress-ng git graphviz"
distribution void ''
deps run
ended "an unknown distribution: the things themselves" 3 "missing: make, a C compiler, cyclictest, hackbench, gnuplot (pictures), $LIBS. Install them as this distribution calls them"
rm "$SCXBENCH_ROOT/etc/os-release"
deps run
ended "without os-release as well" 3 "as this distribution calls them"

distribution fedora ''
has make gcc cc clang cyclictest hackbench gnuplot
printf '#!/bin/sh\necho bpftool v7.1.0\n' >"$BIN/bpftool"
chmod +x "$BIN/bpftool"
deps run
ended "a machine that only runs needs no clang, but libraries" 3 "missing: $LIBS. Install them: dnf install libbpf hwloc-libs"
mkdir -p "$SCXBENCH_ROOT/usr/lib64"
for lib in bpf.so.1 hwloc.so.15 sqlite3.so.0 jansson.so.4 gsl.so.27 ncursesw.so.6 md.so.0 smartcols.so.1 unistring.so.5; do
	: >"$SCXBENCH_ROOT/usr/lib64/lib$lib"
done
deps run
is "libraries without pkg-config" "$RC$(cat "$TMP/err")" 0
libraries 1.2
deps build
ended "a library that is too old, with both versions" 3 "missing: libbpf (1.2 is here, 1.5 is needed), hwloc (1.2 is here, 2.4 is needed), SQLite (1.2 is here, 3.35 is needed), the kernel's types (bpftool 7.1.0 is here, 7.5 is needed). Install"
where
is "and where it runs says so" "$(cat "$TMP/out") $(grep -c "libbpf 1.2 is here, 1.5 is needed" "$TMP/err")" "lab 1"
libraries 3.50
printf '#!/bin/sh\necho bpftool v7.6.0\n' >"$BIN/bpftool"
deps run build
is "all is there: nothing is asked of a package manager" "$RC$(cat "$TMP/err")" 0
if [ "$(id -u)" = 0 ]; then
	where
	is "and it runs natively" "$(cat "$TMP/out")" native
fi
rm "$SCXBENCH_ROOT/sys/kernel/btf/vmlinux"
deps build
ended "no types of this kernel" 3 "missing: the kernel's types. Install them: dnf install bpftool"
where
is "a kernel without BTF" "$(cat "$TMP/out") $(grep -c 'has no BTF' "$TMP/err")" "lab 1"
rm "$BIN/clang"
deps --missing run build
is "what is missing, a line each" "$RC $(paste -sd, "$TMP/out")" "0 clang for BPF,the kernel's types"
deps lab
is "a lab that can't be made here" "$RC $(grep -c "give LAB_IMAGE= the file that 'make lab-image' makes" "$TMP/err")" "3 1"
deps everything
ended "an unknown group" 2 "no group of needs is called 'everything': run, build, lab, test, more"

run env -u SCXBENCH_ROOT harness/lab/deps.sh --missing build test run
is "this root has all that is built and tested with" "$RC$(cat "$TMP/out")" 0
for column in debian ubuntu fedora arch suse alpine nix; do
	is "every thing has a package: $column" "$(awk -F ' *[|] *' -v c=$column '
		BEGIN { n = split("groups thing how debian ubuntu fedora arch suse alpine nix", h, " "); for (i = 1; i <= n; i++) at[h[i]] = i }
		/^#/ { next } NF != n || $(at[c]) == "" || ($(at[c]) == "-" && $3 != "lab-root") { print $0 }' harness/lab/needs)" ""
done
done_testing
