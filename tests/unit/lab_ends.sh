#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Who ends a command of the lab ends what runs there: a virtual machine would go on unseen.
. "$(dirname "$0")/../tap.sh"

# What runs there holds the other end of the pipe.
mkfifo "$TMP/begun" "$TMP/held"
for signal in TERM INT HUP KILL; do
	LAB_BIND="$TMP:/tmp/t" env --default-signal=INT harness/lab/chroot.sh \
		sh -c 'exec >/tmp/t/held; echo >/tmp/t/begun; exec sleep 1000' &
	exec 3<"$TMP/held"
	read -r _ <"$TMP/begun"
	kill -$signal $!
	check "SIG$signal to the lab's root ends its command" timeout 10 cat <&3
	exec 3<&-
done
done_testing
