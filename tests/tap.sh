# SPDX-License-Identifier: GPL-2.0-or-later
# TAP for shell tests; sourced. Each test program makes its own $TMP, gone when it ends.

set -u
TESTS=0 FAILED=0
TMP=$(mktemp -d)
# Workloads run as nobody.
chmod 755 "$TMP"
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM HUP
cd "$(dirname "$0")/../.." || exit 1

ok() { TESTS=$((TESTS + 1)); echo "ok $TESTS - $1"; }
not_ok() { TESTS=$((TESTS + 1)) FAILED=$((FAILED + 1)); echo "not ok $TESTS - $1"; }
skip() { TESTS=$((TESTS + 1)); echo "ok $TESTS - $1 # SKIP $2"; }
diag() { sed 's/^/# /'; }

# check NAME CMD...   passes when the command succeeds; shows what it printed when not
check() {
	name=$1; shift
	if "$@" >"$TMP/check.out" 2>&1; then ok "$name"; else not_ok "$name"; diag <"$TMP/check.out"; fi
}

# is NAME GOT WANTED
is() {
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1"; printf 'got:    %s\nwanted: %s\n' "$2" "$3" | diag; fi
}

# run CMD...   leaves the exit code in $RC, stdout in $TMP/out, stderr in $TMP/err
run() {
	RC=0
	"$@" >"$TMP/out" 2>"$TMP/err" || RC=$?
}

# ended NAME CODE TEXT   the last run ended with CODE and one line on stderr that holds TEXT
ended() {
	if [ "$RC" = "$2" ] && [ "$(wc -l <"$TMP/err")" = 1 ] && grep -qF -- "$3" "$TMP/err"; then
		ok "$1"
	else
		not_ok "$1"
		{ echo "exit code $RC, wanted $2; stderr, wanted one line with: $3"; cat "$TMP/err"; } | diag
	fi
}

done_testing() {
	echo "1..$TESTS"
	[ "$FAILED" = 0 ]
	exit
}
