#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fairness between cookies, on a kernel with core scheduling and a machine of one core with two siblings: under fair a
# group at nice 0 gets 3.06 times what one at nice 5 gets. What each policy makes of it is shown.
. "$(dirname "$0")/../tap.sh"

CORE_KERNEL=$(harness/lab/lab-kernel.sh) || { echo "Bail out! no kernel with core scheduling"; exit 1; }
LAB_RUN=siblings-$(date -u +%Y%m%d-%H%M%S)
export LAB_RUN LAB_KERNEL="$CORE_KERNEL" LAB_CPUS=2 LAB_TOPOLOGY=cores=1,threads=2

set --
for o in .build/lab/schedulers/*.bpf.o; do set -- "$@" -s "$(basename "$o" .bpf.o)"; done
run harness/lab/bench.sh "$@" -s fair -w siblings -b 3 --no-aa --no-instrumented --no-warmup
is "the bench ends with 0" "$RC" 0
[ "$RC" = 0 ] || diag <"$TMP/err"
# mean METRIC POLICY   a hundred times of it, whole
mean() {
	harness/lab/chroot.sh sqlite3 -readonly results/scxbench.db \
		"SELECT CAST(avg(value) * 100 AS INTEGER) FROM number WHERE run = '$LAB_RUN' AND policy = '$2' AND name = '$1'"
}
ratio=$(mean ratio fair)
if [ "${ratio:-0}" -ge 260 ] && [ "$ratio" -le 360 ]; then
	ok "fair: nice 0 to nice 5 is $ratio %, about 306"
else
	is "fair: nice 0 to nice 5, %" "${ratio:-nothing}" "about 306"
fi
for o in .build/lab/schedulers/*.bpf.o; do
	policy=$(basename "$o" .bpf.o)
	echo "# $policy: nice 0 to nice 5 is $(mean ratio "$policy") %, the least share $(mean least_share "$policy") hundredths of a %"
done
done_testing
