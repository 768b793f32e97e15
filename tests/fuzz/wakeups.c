/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cyclictest's JSON: never more put back than a thread lacks, never a latency that the window is too short
 * for. */
#include "fuzz.h"
#include "../../workloads/cyclictest/wakeups.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct window window = { 2, 1000, 1000000 };
	static struct wakeups all;
	uint64_t sum;

	memset(&all, 0, sizeof(all));
	if (wakeups_read(fuzz_file("cyclictest.json", data, size), &window, &all) || all.clock)
		return 0;
	sum = all.overflow;
	for (size_t i = 0; i < BINS; i++)
		sum += all.bin[i];
	fuzz_holds(sum == all.measured + all.missed);
	fuzz_holds(all.missed <= window.threads * window.cycles);
	fuzz_holds(all.max <= INT64_MAX);
	return 0;
}
