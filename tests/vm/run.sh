#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The command of run outlives a policy that goes out, and gets its signals; whatever the policy is called.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/run.guest
