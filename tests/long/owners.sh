#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Queues by user and by cgroup are made, listed, weighed, put in order, taken away, changed a hundred times under the
# storm, and drained; custody is balanced.
# Alone: shares are measured.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/owners.guest "${1:-100}"
