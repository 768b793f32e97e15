#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/owners.sh with a hundred changes.
# Alone: as there.
cd "$(dirname "$0")/../.." && exec tests/vm/owners.sh 100
