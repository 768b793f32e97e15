#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody starves under any policy.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/waits.guest
