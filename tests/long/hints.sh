#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/hints.sh under every policy.
# Alone: as there.
cd "$(dirname "$0")/../.." || exit
# shellcheck disable=SC2046  # a word each
exec tests/vm/hints.sh $(basename -s .bpf.c -a schedulers/*/*.bpf.c)
