#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A CPU goes offline: a policy without the ops for that is ejected, and one with them stays.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/hotplug.guest
