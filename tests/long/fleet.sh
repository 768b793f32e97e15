#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What becomes of a fleet's tasks whose time is over, or whose node is drained.
exec "$(dirname "$0")/../fleet/fleet.sh" slurm_ends
