#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever a policy, a workload or a command does in its sample: as tests/vm/faults.sh.
FAULT_GROUPS='policies workloads commands' exec "$(dirname "$0")/../vm/faults.sh"
