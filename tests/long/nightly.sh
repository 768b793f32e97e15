#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nights on a real kernel: settings made and restored, a slower policy found, reports published.
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/nightly.guest
