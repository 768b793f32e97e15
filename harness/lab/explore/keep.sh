#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# keep.sh DIR   boots the explorer's guest, in the lab's root, up to the moment at which the storm would begin, and keeps the
# machine's state as DIR/state, its symbols as DIR/symbols. From that state each seed begins (seed.sh): none pays for the boot.
set -eu
DIR=$1
. "$(dirname "$0")/machine.sh"
rm -f "$DIR/control.in" "$DIR/control.out" "$DIR/state"
mkfifo "$DIR/control.in" "$DIR/control.out"
machine -pidfile "$DIR/pid" -seed 0 -serial file:"$DIR/console" -serial file:"$DIR/symbols" \
	-global migration.store-global-state=off -chardev pipe,id=control,path="$DIR/control" \
	-mon chardev=control,mode=control 2>"$DIR/qemu.log" &
exec 3<>"$DIR/control.in" 4<"$DIR/control.out"
echo '{"execute":"qmp_capabilities"}
{"execute":"migrate-set-capabilities","arguments":{"capabilities":[{"capability":"events","state":true}]}}' >&3
while read -r line <&4; do
	case $line in
	*'"event": "STOP"'*) echo "{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"file:$DIR/half\"}}" >&3 ;;
	*'"status": "completed"'*) mv "$DIR/half" "$DIR/state"; break ;;
	*'"status": "failed"'* | *'"event": "SHUTDOWN"'*) break ;;
	esac
done
echo '{"execute":"quit"}' >&3
wait
[ -f "$DIR/state" ]
