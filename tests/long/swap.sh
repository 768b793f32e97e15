#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/swap.sh with 20 swaps of each policy.
exec "$(dirname "$0")/../vm/swap.sh" 20
