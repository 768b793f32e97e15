#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An observer that shares nothing with the ledger counts the same entries and exits in the same run.
# Under the storm audit.sh does so, which knows no header of the ledger but its words.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/observer.guest
