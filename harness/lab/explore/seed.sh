#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# seed.sh DIR OUT SEED [OPTION...]   the storm of a seed, in the lab's root, from the state that keep.sh left in DIR; OUT/console is
# what the guest says. The options are more of QEMU's.
#
# After a migration QEMU announces the guest to its networks, of which it has none, several times in a second. That timer is
# one of real time, and the CPUs take turns at a timer of any kind: without it, they do so at the same instructions each time.
set -eu
DIR=$1 OUT=$2 SEED=$3
shift 3
. "$(dirname "$0")/machine.sh"
machine -pidfile "$OUT/pid" -seed "$SEED" -incoming file:"$DIR/state" -global migration.announce-rounds=0 \
	-serial file:"$OUT/console" -serial null "$@" 2>"$OUT/qemu.log"
