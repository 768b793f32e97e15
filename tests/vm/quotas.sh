#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Quotas hold whatever their size and inside one another, and many tasks under a small one run now and then; under
# vtime, and under the policies of the arguments.
# Alone: shares are measured.
cd "$(dirname "$0")/../.." && LAB_CPUS=2 exec harness/lab/run.sh sh tests/vm/quotas.guest "$@"
