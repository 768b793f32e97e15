#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/audit.sh with every policy.
cd "$(dirname "$0")/../.." || exit
# shellcheck disable=SC2046  # a word each
exec tests/vm/audit.sh $(basename -s .bpf.c -a schedulers/*/*.bpf.c)
