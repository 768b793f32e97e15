/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/bins.h"

#include <endian.h>
#include <string.h>
#include "util/mem.h"

static uint64_t bits(double x)
{
	uint64_t u;

	memcpy(&u, &x, sizeof(u));
	return htole64(u);
}

static double number(uint64_t u)
{
	double x;

	u = le64toh(u);
	memcpy(&x, &u, sizeof(x));
	return x;
}

struct packed_bin *bins_pack(const struct hist *h)
{
	struct packed_bin *p = mem_zalloc(h->nr + 1, sizeof(*p)); /* + 1: an empty BLOB is not NULL */

	for (size_t i = 0; i < h->nr; i++)
		p[i] = (struct packed_bin){ bits(h->bins[i].low), bits(h->bins[i].high),
					    htole64(h->bins[i].count) };
	return p;
}

void bins_unpack(struct hist *h, const void *packed, size_t bytes)
{
	struct packed_bin p;

	for (size_t at = 0; at + sizeof(p) <= bytes; at += sizeof(p)) {
		memcpy(&p, (const char *)packed + at, sizeof(p));
		hist_add(h, number(p.low), number(p.high), le64toh(p.count));
	}
}
