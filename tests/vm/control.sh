#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is set for a running policy has its effect, under load, and is undone; no change breaks custody.
# Arguments: under which policies, in place of one (tests/long/control.sh has all).
# Alone: shares are measured.
[ $# -gt 0 ] || set -- vtime
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh env ${HAMMER_SECONDS:+HAMMER_SECONDS="$HAMMER_SECONDS"} sh tests/vm/control.guest "$@"
