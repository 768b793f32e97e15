#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A slip in a variable that is given to make is refused by name.
. "$(dirname "$0")/../tap.sh"

# refused TEXT ARGS...   before anything is done
refused() {
	text=$1; shift
	run make "$@"
	is "make $*" "$RC $(wc -c <"$TMP/out") $(sed 's/^[^*]*\*\*\* //; s/\.  Stop\.$//' "$TMP/err")" "2 0 $text"
}
refused "unknown variable SCHEDULER: did you mean SCHEDULERS?" bench SCHEDULER=fifo
refused "unknown variable BLCOKS: did you mean BLOCKS?" help 'BLCOKS=a b'
refused "unknown variable seed: did you mean SEED?" help PLAN=quick seed=1
refused "unknown variable KERNEL: did you mean KERNELS?" custody KERNEL=7.0
refused "unknown variable LAB_DISTRIBUTION, see harness/lab/README.md" bench LAB_DISTRIBUTION=arch
refused "unknown variable LAB_KERNL: did you mean LAB_KERNEL?" bench LAB_KERNL=7.0
refused "POLICIES is a variable of the Makefile itself, see make help" bench POLICIES=fifo
refused "NIGHTLY is a variable of the Makefile itself: did you mean NIGHTS?" bench-store NIGHTLY=3

passes() { check "make help $* passes" make help "$@"; }
for known in PLAN SCHEDULERS WORKLOADS BLOCKS SEED WHERE ARGS DURATION KERNELS RUN BASELINE RUNS NIGHTS O V WERROR CC \
	CFLAGS CLANG LDFLAGS DESTDIR PREFIX UNITDIR VMLINUX_H LAB_CPUS LAB_KERNEL LAB_FILES LAB_RESULTS SCXBENCH_CACHE; do
	set -- "$@" "$known=1"
done
passes "$@"
passes AR=ar CXX=c++ CXXFLAGS=-O CPPFLAGS=-D ARCH=x86 BINDIR=/bin LIBDIR=/lib MANDIR=/man INSTALL=install STRIP=strip
passes STORM_RATE=5 MY_OWN=1
done_testing
