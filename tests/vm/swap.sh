#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each policy attached under real load, swapped twice in a row or as often as the argument says, every sample proven.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/swap.guest "${1:-2}"
