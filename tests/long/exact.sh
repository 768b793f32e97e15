#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/exact.sh with every operation.
exec "$(dirname "$0")/../vm/exact.sh" all
