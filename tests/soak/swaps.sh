#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The policies of this repo, swapped SWAPS times in one guest (1,000): each swap proven, nothing left behind.
# `make soak` runs it.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/soak/swaps.guest "${SWAPS:-1000}"
