/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Seeds that a test gives: the same order of samples in each of its runs. */
#include <stdint.h>
#include <stdlib.h>

uint64_t __real_bench_random_seed(void);
uint64_t __wrap_bench_random_seed(void);

/* DOUBLE_SEED, or where it is not set one drawn as ever. */
uint64_t __wrap_bench_random_seed(void)
{
	const char *given = getenv("DOUBLE_SEED");

	return given ? strtoull(given, NULL, 10) : __real_bench_random_seed();
}
