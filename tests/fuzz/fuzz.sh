#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fuzz.sh MINUTES [TARGET...]   each target for that long, two at a time, in the lab's root (`make fuzz`). What it finds
# beyond corpus/ stays in .build/lab/fuzz/NAME.new, and the input of a crash, hang or broken promise in NAME.find-*:
# repeat it with .build/lab/fuzz/NAME FILE, then make it a test and a file of corpus/NAME.
set -eu
cd "$(dirname "$0")/../.."
OUT=.build/lab/fuzz
SECONDS_EACH=$(awk -v minutes="$1" 'BEGIN { print int(minutes * 60) }'); shift
# shellcheck disable=SC2046  # a list of names
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls -- *.c | sed 's/\.c$//; /^fuzz$/d')

# one TARGET   ends with libFuzzer's code; its last lines say how many inputs were tried
one() {
	mkdir -p "$OUT/$1.new" "tests/fuzz/corpus/$1"
	rm -f "$OUT/$1".find-*
	rc=0
	"$OUT/$1" -close_fd_mask=3 -rss_limit_mb=2048 -timeout=20 -max_total_time=$SECONDS_EACH -print_final_stats=1 \
		-artifact_prefix="$OUT/$1.find-" -max_len=65536 "$OUT/$1.new" "tests/fuzz/corpus/$1" >"$OUT/$1.log" 2>&1 || rc=$?
	tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$OUT/$1.log")
	if [ $rc = 0 ]; then echo "$1: $tried inputs, nothing found"; else
		echo "$1: FOUND: $(ls "$OUT/$1".find-* 2>/dev/null | tr '\n' ' ') see $OUT/$1.log"
	fi
	return $rc
}

# An export is a database, so its first one is made of the files of a run and a sample.
seed_import() {
	rm -rf "$OUT/seed" && mkdir -p "$OUT/seed/runs/fake" "$OUT/import.new"
	cp tests/fuzz/corpus/run/fake.json "$OUT/seed/runs/fake/run.json"
	for i in 1 2; do cp "tests/fuzz/corpus/sample/fake-$i.json" "$OUT/seed/runs/fake/sample-000$i.json"; done
	.build/lab/scxbench store --results "$OUT/seed" "$OUT/seed/runs/fake" &&
		.build/lab/scxbench export --results "$OUT/seed" "$OUT/seed/export.db" >/dev/null && mv "$OUT/seed/export.db" "$OUT/import.new/seed"
}
seed_import

failed=0
while [ $# -gt 0 ]; do
	one "$1" & first=$!
	shift
	if [ $# -gt 0 ]; then one "$1" & second=$!; shift; else second=; fi
	wait "$first" || failed=1
	[ -z "$second" ] || wait "$second" || failed=1
done
exit $failed
