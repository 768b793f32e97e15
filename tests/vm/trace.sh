#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A trace of a policy under load: every life is in order, losses are counted, the Perfetto file is sound.
# Arguments as those of control.sh.
# Alone: it looks for whole lives in a short time.
[ $# -gt 0 ] || set -- vtime
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/trace.guest "$@"
