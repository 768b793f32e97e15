#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A fleet's run on real kernels: `make test-fleet-lab`. Slurm is that of tests/fleet, on this machine, and what it starts on
# a node measures in a virtual machine of its own, one of them with an older kernel.
set -eu
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP needs root, to start Slurm's programs in a root of their own"; exit 0; }
OLDER=$(harness/lab/kernel.sh 7.0)
LAB_BIND="${OLDER%/kernels/*}:/tmp/cache" LAB_LIST=packages.slurm exec harness/lab/chroot.sh env OLDER="/tmp/cache/kernels/${OLDER##*/}" \
	unshare --mount --pid --fork --kill-child sh tests/fleet-lab/slurm
