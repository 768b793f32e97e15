#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Queues by user and by cgroup are made, listed, weighed, changed and drained under load; custody is balanced.
# Argument: how many changes under the storm (10; tests/long/owners.sh makes a hundred).
# Alone: shares are measured.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/owners.guest "${1:-10}"
