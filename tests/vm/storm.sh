#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The storm changes the machine: however it ends, CPUs, groups and controllers are as they were.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/storm.guest
