#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# seed.sh DIR OUT SEED [OPTION...]   the storm of a seed, in the lab's root, from the state that keep.sh left in DIR; OUT/console is
# what the guest says. The options are more of QEMU's.
set -eu
DIR=$1 OUT=$2 SEED=$3
shift 3
. "$(dirname "$0")/machine.sh"
machine -pidfile "$OUT/pid" -seed "$SEED" -incoming file:"$DIR/state" -serial file:"$OUT/console" -serial null "$@" \
	2>"$OUT/qemu.log"
