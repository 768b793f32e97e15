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
planned "$B/tests/cost/uncounted/uncounted.bpf.o"
ended "what was compiled without counters is proven as a foreign one, which this home can't" 3 "uncounted.bpf.o can't be proven without"

TWO=$B/tests/vm/forms/two.bpf.o
planned "$TWO"
ended "of several policies in an object one must be chosen" 2 "two.bpf.o has several policies: choose first_ops, second_ops, as in $TWO#first_ops"
planned "$TWO#first_ops"
ended "the one that was is taken, as far as this home goes" 3 "#first_ops can't be proven without"
planned "$TWO#third_ops"
ended "one that is not there" 2 "two.bpf.o has no struct sched_ext_ops 'third_ops': it has first_ops, second_ops"
planned "$TWO#second_ops"
ended "a name of ops that the kernel refuses" 2 "the kernel refuses the name of its ops, 'form-second': it may have letters, digits, _ and ."
done_testing
