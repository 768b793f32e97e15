#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A seed of the explorer is the same run each time also with two CPUs, of which the emulation runs one at a time: the first
# seed is run twice by make explore itself.
cd "$(dirname "$0")/../.." || exit 1

code=0
said=$(POLICY=fifo CPUS=2 SEEDS=1..1 harness/lab/explore.sh 2>&1) || code=$?
echo 1..1
echo "$said" | sed 's/^/# /'
[ "$code" = 0 ] || printf 'not '
echo "ok 1 - a storm that begins at a state that was kept says the same to the byte"
[ "$code" = 0 ]
