#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/vm/safety.sh with every signal that ends a run.
exec "$(dirname "$0")/../vm/safety.sh" INT TERM HUP
