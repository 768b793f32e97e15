#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A policy that keeps the ledger but forgot a piece of it is refused by the name of the piece, before anything runs.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

planned() { run "$B/scxbench" bench -s fair -s "$1" -w quick --dry-run; }

planned "$B/tests/bpf/lacks/lacks.bpf.o"
ended "a table without the ledger's op is refused" 2 "lacks.bpf.o: its table of ops has no .dequeue, without which custody can't be proven"
planned "$B/tests/bpf/skeleton/mine.bpf.o"
is "one that has all is not" "$RC" 0
planned "$B/tests/vm/hotplug/homebody.bpf.o"
is "and neither is one that ends at a hotplug" "$RC" 0
done_testing
