#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The alerts and the dashboard, with promtool and in a real Prometheus, which has a root of its own: `make test-alerts`.
set -eu
cd "$(dirname "$0")/../.."
OUT=.build/lab/tests/alerts
mkdir -p "$OUT"
harness/lab/chroot.sh sh tests/alerts/nights "$OUT/night.prom"
LAB_LIST=packages.prometheus exec harness/lab/chroot.sh sh tests/alerts/prometheus "$OUT/night.prom"
