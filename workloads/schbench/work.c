/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include "schbench.h"

bool matrices_make(struct matrices *m, long kb)
{
	m->size = lround(floor(sqrt(kb * 1024.0 / 3 / sizeof(*m->data))));
	m->data = calloc(3 * m->size * m->size, sizeof(*m->data));
	return m->data;
}

void matrices_multiply(const struct matrices *m)
{
	long size = m->size;
	const unsigned long *a = m->data, *b = a + size * size;
	volatile unsigned long *product = m->data + 2 * size * size;

	for (long i = 0; i < size; i++)
		for (long j = 0; j < size; j++) {
			unsigned long sum = 0;

			for (long k = 0; k < size; k++)
				sum += a[i * size + k] * b[k * size + j];
			product[i * size + j] = sum;
		}
}
