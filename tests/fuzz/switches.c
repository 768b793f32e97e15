/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who ran where, from a file: what is taken can be drawn, and written again. */
#include "fuzz.h"
#include "figures/lanes.h"
#include "record/switches.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct switches s, back;

	if (!switches_read(fuzz_file("a.json", data, size), &s)) {
		for (size_t i = 0; i < s.nr; i++)
			fuzz_holds(s.stint[i].to_ns <= s.length_ns && s.stint[i].cpu < s.cpus);
		lanes_sum(&s);
		fuzz_holds(!switches_write(&s, fuzz_path("b.json")));
		fuzz_holds(!switches_read(fuzz_path("b.json"), &back));
		fuzz_holds(back.nr == s.nr && back.lost == s.lost);
		switches_free(&back);
	}
	switches_free(&s);
	return 0;
}
