#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A hint buys no CPU time under any policy, and each is answered as its header says.
# Alone: shares are measured.
cd "$(dirname "$0")/../.." || exit
# shellcheck disable=SC2046  # a word each
exec harness/lab/run.sh sh tests/vm/hints.guest $(basename -s .bpf.c -a schedulers/*/*.bpf.c)
