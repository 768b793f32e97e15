#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A real Slurm with accounting on this machine, some nodes of it, and a fleet's run on them: `make test-fleet`. It has a root
# of its own (harness/lab/packages.slurm), and its processes a PID namespace, so that none outlives the test. The argument is
# another test than slurm (tests/long/fleet.sh).
set -eu
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP needs root, to start Slurm's programs in a root of their own"; exit 0; }
LAB_LIST=packages.slurm exec harness/lab/chroot.sh unshare --mount --pid --fork --kill-child sh tests/fleet/"${1:-slurm}"
