#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The Debian packages: built twice they are the same bytes, lintian finds nothing, and in a fresh root they are installed,
# used, upgraded, removed and purged, and leave nothing; then autopkgtest runs what they bring. Root, the network and about
# 10 minutes: `make test-packages`.
. "$(dirname "$0")/../tap.sh"

OUT=.build/deb
[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP needs root, to install packages in a root of their own"; exit 0; }

run make --no-print-directory deb
is "make deb ends with 0" "$RC" 0
diag <"$TMP/err"
mv "$OUT" "$TMP/first"
run make --no-print-directory deb
for file in "$TMP"/first/*.deb "$TMP"/first/*.dsc "$TMP"/first/*.tar.*; do
	check "built again it is the same bytes: $(basename "$file")" cmp "$file" "$OUT/$(basename "$file")"
done
LAB_LIST=packages.deb run harness/lab/chroot.sh sh -c "lintian --allow-root --fail-on error,warning $OUT/*.changes"
is "lintian finds nothing" "$RC" 0
diag <"$TMP/out"

run harness/lab/chroot.sh sh tests/packages/next "$OUT"
is "they are packed as the next revision" "$RC" 0
diag <"$TMP/err"
IMAGE=$(harness/lab/root.sh packages.fresh) || exit 1
PARENT=$PWD unshare --mount sh tests/packages/fresh "$IMAGE" "$TMP/root" >"$TMP/said" 2>"$TMP/err"
code=$?
while IFS= read -r line; do
	case $line in
	"ok - "*) ok "${line#ok - }" ;;
	"not ok - "*) not_ok "${line#not ok - }" ;;
	*) echo "# $line" ;;
	esac
done <"$TMP/said"
is "all of that was done" "$code" 0
[ "$code" = 0 ] || tail -20 "$TMP/err" | diag
done_testing
