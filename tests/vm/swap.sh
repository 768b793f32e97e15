#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each policy attached under real load, swapped 20 times in a row, every sample proven.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/swap.guest
