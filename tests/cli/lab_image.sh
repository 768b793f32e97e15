#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab's image, whose making is interrupted at each of its steps: it is there whole, or not at all. The lab's own
# script, with doubles of what makes a root; each kills its caller at its turn, before it works or after.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/tree/harness/lab
export SCXBENCH_CACHE="$TMP/cache" AT='' SIGNAL=KILL
mkdir -p "$LAB" "$TMP/bin" "$TMP/made/etc"
cp harness/lab/image.sh harness/lab/lib.sh harness/lab/packages "$LAB"
echo whole >"$TMP/made/etc/file"
tar -c -C "$TMP/made" -f "$TMP/made.tar" .
printf '#!/bin/sh\necho http://mirror Debian Debian\n' >"$TMP/bin/apt-get"
# double STEP COMMAND
double() {
	cat >"$TMP/bin/$1" <<-END
		#!/bin/sh
		[ "\$AT" != "before $1" ] || { kill -\$SIGNAL \$PPID; exit 1; }
		$2
		[ "\$AT" != "after $1" ] || kill -\$SIGNAL \$PPID
	END
}
double mmdebstrap "cat '$TMP/made.tar'"
double tar '/usr/bin/tar "$@"'
double sync '/usr/bin/sync "$@"'
double mv '/usr/bin/mv "$@"'
chmod +x "$TMP/bin"/*
image() { run env PATH="$TMP/bin:$PATH" "$LAB/image.sh"; }
images() { find "$SCXBENCH_CACHE" -maxdepth 1 -name 'image-*'; }

for SIGNAL in KILL TERM INT HUP; do
	for step in mmdebstrap tar sync mv; do
		for AT in "before $step" "after $step"; do
			rm -rf "$SCXBENCH_CACHE"
			when=$AT
			image
			failed=
			[ "$RC" != 0 ] || failed="it ended well;"
			[ -z "$(images)" ] || [ "$(cat "$(images)/etc/file")" = whole ] || failed="$failed half of it is there;"
			[ "$SIGNAL" = KILL ] || [ -z "$(find "$SCXBENCH_CACHE" -name 'making.*')" ] || failed="$failed its work is left;"
			AT=''
			image
			[ "$RC $(cat "$(cat "$TMP/out")/etc/file")" = "0 whole" ] || failed="$failed the next one: $(cat "$TMP/err")"
			[ -z "$(find "$SCXBENCH_CACHE" -name 'making.*')" ] || [ "$when" = "after mv" ] || failed="$failed its work stays;"
			is "the making of the image gets SIG$SIGNAL $when" "$failed" ""
		done
	done
done
done_testing
