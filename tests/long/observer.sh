#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An observer that shares nothing with the ledger counts the same entries and exits in the same run.
# STORM_SECONDS: how long under each policy (2).
cd "$(dirname "$0")/../.." || exit 1
exec harness/lab/run.sh env ${STORM_SECONDS:+STORM_SECONDS="$STORM_SECONDS"} sh tests/vm/observer.guest
