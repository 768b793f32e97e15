/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A histogram's bins as the database stores them: see schema-1.sql. */
#pragma once
#include <stdint.h>
#include "record/metrics.h"

struct packed_bin {
	uint64_t low, high, count; /* little-endian; the edges are the bits of a double */
};

struct packed_bin *bins_pack(const struct hist *h); /* never NULL; the caller's to free */
void bins_unpack(struct hist *h, const void *packed, size_t bytes);
