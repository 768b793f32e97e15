#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The ledger can fail: each kind of broken policy is caught, by the right violation, with the right task.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/bpf/custody_fails.guest
