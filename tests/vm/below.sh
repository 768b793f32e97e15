#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A policy below another, for the workload's cgroup: proven by its own state and events, or void with the reason.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/below.guest
