# SPDX-License-Identifier: GPL-2.0-or-later
# A command that brings its own policy, and does not stay in its place.

LINKED=$B/tests/vm/faults/stalls.bpf.o PIN=/sys/fs/bpf/pin

take -s "cmd:setsid sh -c 'trap \"\" INT TERM; sleep 1000 & exec sleep 1000' & sh /src/tests/vm/foreign/loader $BARE"
ends 0
calm
whole
verdict "a command that leaves its process group, with children"

take -s "cmd:mkdir -p $PIN; bpftool struct_ops register $LINKED $PIN; exec sleep 1000" -s fifo
ends 3
holds "the pin is named" grep -qF "the command pinned its scheduler 'stalls': 'rm $PIN/stalls_ops' detaches it" "$TMP/err"
holds "again at the end" sh -c "tail -n 1 '$TMP/err' | grep -qF 'rm $PIN/stalls_ops'"
take
ends 3
holds "and by the next run" grep -qF "it is pinned: 'rm $PIN/stalls_ops' detaches it" "$TMP/err"
rm -r $PIN
calm
take
ends 0
whole
verdict "a command that pins its scheduler"
