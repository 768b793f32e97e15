#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# No task starves under any policy.
# Alone: waits are measured.
cd "$(dirname "$0")/../.." || exit
# shellcheck disable=SC2046  # a word each
exec harness/lab/run.sh sh tests/vm/waits.guest $(basename -s .bpf.c -a schedulers/*/*.bpf.c)
