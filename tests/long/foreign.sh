#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/foreign.sh with every end of a policy's stay.
exec "$(dirname "$0")/../vm/foreign.sh" all
