#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# self.sh [POLICY...]   what the harness's own time goes into (all policies). `make bench-self` runs it. Nothing is
# checked: emulated seconds compare with each other only.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/cost/self.guest "$@"
