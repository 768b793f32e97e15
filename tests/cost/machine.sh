#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# machine.sh   what a machine with so many CPUs costs before and after its samples: time and bytes.
#
# Synthetic machines, so any computer can show it. Wall-clock seconds of this one; nothing is checked.
set -eu
cd "$(dirname "$0")/../.."
harness/lab/chroot.sh make -s O=.build/lab build tests
harness/lab/chroot.sh .build/lab/tests/cost/machine/machine \
	"synthetic:package:2 numa:4 l3:4 core:8 pu:2" \
	"synthetic:package:2 numa:4 l3:16 core:8 pu:2" \
	"synthetic:package:8 numa:4 l3:16 core:8 pu:2" \
	"synthetic:package:8 numa:8 l3:64 core:1 pu:2"
