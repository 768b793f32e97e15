#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every object is opened, loaded and verified by the lab's kernel.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/bpf/load.guest
