#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# deb.sh TARBALL OUT   Debian packages, source and binary, of the tarball of `make dist`, into OUT. In the root of
# harness/lab/packages.deb.
set -eu
TARBALL=$(readlink -f "$1")
mkdir -p "$2"
OUT=$(readlink -f "$2")
NAME=$(basename "$TARBALL" .tar.gz)
# Always the same place: it is in what compilers write.
HERE=/tmp/deb

rm -rf "$HERE"
mkdir "$HERE"
cd "$HERE"
cp "$TARBALL" "${NAME%-*}_${NAME##*-}.orig.tar.gz"
tar -x -f "$TARBALL"
cd "$NAME"
cp -r harness/install/debian .
dpkg-buildpackage --no-sign >"$OUT/build.log" 2>&1 || { tail -20 "$OUT/build.log" >&2; exit 1; }
cd ..
cp -- *.dsc *.deb *.tar.* *.buildinfo *.changes "$OUT"
