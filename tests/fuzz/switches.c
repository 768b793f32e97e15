/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who ran where, from a file: what is taken can be drawn, also its critical path, and written again. */
#include "fuzz.h"
#include "figures/lanes.h"
#include "figures/lanes_path.h"
#include "record/switches.h"

#include <stdlib.h>

static void follow_path(const struct switches *s)
{
	struct path_link *link;
	struct trace_path p;
	uint64_t at = 0, sum = 0;
	size_t nr;

	lanes_path(s, &p);
	for (size_t i = 0; i < p.nr; i++) {
		fuzz_holds(p.part[i].from_ns == at && p.part[i].to_ns > at);
		at = p.part[i].to_ns;
	}
	fuzz_holds(at == p.end_ns && at <= s->length_ns);
	link = lanes_path_links(&p, &nr);
	for (size_t i = 0; i < nr; i++)
		for (unsigned state = 0; state < NR_PATH; state++)
			sum += link[i].ns[state];
	fuzz_holds(sum == p.end_ns);
	free(link);
	trace_path_free(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct switches s, back;

	if (!switches_read(fuzz_file("a.json", data, size), &s)) {
		for (size_t i = 0; i < s.nr; i++)
			fuzz_holds(s.stint[i].to_ns <= s.length_ns && s.stint[i].cpu < s.cpus);
		for (size_t i = 0; i < s.wakeups; i++)
			fuzz_holds(s.wakeup[i].at_ns < s.length_ns && s.wakeup[i].cpu < s.cpus);
		lanes_sum(&s);
		follow_path(&s);
		fuzz_holds(!switches_write(&s, fuzz_path("b.json")));
		fuzz_holds(!switches_read(fuzz_path("b.json"), &back));
		fuzz_holds(back.nr == s.nr && back.lost == s.lost && back.wakeups == s.wakeups);
		switches_free(&back);
	}
	switches_free(&s);
	return 0;
}
