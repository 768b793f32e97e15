#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the heads of the policies promise of shares and waits holds, beside the fair class in the same guest.
# Alone: shares and waits are measured.
cd "$(dirname "$0")/../.." && LAB_CPUS=2 exec harness/lab/run.sh sh tests/vm/promises.guest
