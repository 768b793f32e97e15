#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A new policy is one new folder, a new workload one new file: in a copy of the tree one of each is added, the policy
# is the one that schedulers/README.md says to copy, and benched by 'make bench', with report. Nothing else is touched.
. "$(dirname "$0")/../tap.sh"

COPY=$TMP/copy
mkdir -p "$COPY"
git ls-files -z | xargs -0 cp --parents -t "$COPY"
mkdir -p "$COPY/schedulers/mine"
cp tests/bpf/skeleton/mine.bpf.c "$COPY/schedulers/mine/"
cat >"$COPY/workloads/mine" <<'EOW'
#!/bin/sh
case $1 in
--describe) printf '%s\n' 'summary counts to ten thousand' 'primary counted' 'default no' 'typical_s 1' 'timeout_s 30' 'settle_s 0.1' ;;
run)
	i=0
	while [ $i -lt 10000 ]; do i=$((i + 1)); done
	echo "metric counted count higher $i" >&"$SCXB_RESULT_FD" ;;
esac
EOW
chmod +x "$COPY/workloads/mine"
cd "$COPY" || exit 1

run make bench WHERE=lab SCHEDULERS="fair mine" WORKLOADS=mine BLOCKS=1 SEED=7
is "make bench ends with 0" "$RC" 0
[ "$RC" = 0 ] || diag <"$TMP/err"
check "stdout compares the new policy on the new workload" grep -q mine "$TMP/out"
check "stdout says where the page is" grep -q '/results/report/.*/index.html$' "$TMP/out"
check "the page names both" sh -c 'grep -q mine results/report/*/index.html'
check "the page says that it is a demonstration" sh -c 'grep -qi demonstration results/report/*/index.html'
check "the page says that it is emulated" sh -c 'grep -qi emulat results/report/*/index.html'
check "the pictures are there" sh -c 'ls results/report/*/fig/*.png'
is "a warm-up, two timed samples and two instrumented, all files kept" "$(find results/runs -name 'sample-*.json' | wc -l)" 5

find .build -newer results/scxbench.db -type f >"$TMP/newer"
run make bench WHERE=lab ARGS=--dry-run SCHEDULERS="fair mine" WORKLOADS=mine BLOCKS=2
is "a second call rebuilds nothing" "$(find .build -newer "$TMP/newer" -type f | wc -l)" 0
check "--dry-run prints the plan and the time" grep -q 'about' "$TMP/out"
done_testing
