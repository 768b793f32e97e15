/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of life.h as tables. Pure. */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include "life/life.h"

struct life_edge_info {
	enum life_point from, to;
	const char *where; /* function of ext.c */
	const char *when;
};
extern const struct life_edge_info life_edges[LIFE_NR_EDGES];

/* "custody"; NULL: not a point. */
const char *life_point_name(unsigned point);
/* LIFE_NR_POINTS: unknown name. */
unsigned life_point_named(const char *name, size_t len);
/* Index into life_edges; -1: not listed. */
int life_edge_of(unsigned from, unsigned to);
/* Can the kernel take this edge? It can from unseen to any point. */
bool life_is_legal(unsigned from, unsigned to);
