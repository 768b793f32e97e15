#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Shares under load as fairness sees them; a controller that is killed, that is flooded, and one beside another.
# Alone: shares are measured.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/fairness.guest
