#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Quotas hold whatever their size and inside one another, and many tasks under a small one run now and then.
# Alone: shares are measured.
cd "$(dirname "$0")/../.." || exit
# shellcheck disable=SC2046  # a word each
LAB_CPUS=2 exec harness/lab/run.sh sh tests/vm/quotas.guest $(basename -s .bpf.c -a schedulers/*/*.bpf.c | grep -vx vtime)
