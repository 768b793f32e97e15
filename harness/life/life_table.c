/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/life_table.h"

#include <string.h>

#define EDGE(from, to, where, when) { LIFE_##from, LIFE_##to, where, when },
const struct life_edge_info life_edges[LIFE_NR_EDGES] = { LIFE_EDGES(EDGE) };

#define NAME(n) #n,
static const char *const names[] = { LIFE_POINTS(NAME) };

const char *life_point_name(unsigned point)
{
	return point < LIFE_NR_POINTS ? names[point] : NULL;
}

unsigned life_point_named(const char *name, size_t len)
{
	unsigned point = 0;

	while (point < LIFE_NR_POINTS && (strlen(names[point]) != len || memcmp(names[point], name, len)))
		point++;
	return point;
}

int life_edge_of(unsigned from, unsigned to)
{
	for (int i = 0; i < LIFE_NR_EDGES; i++)
		if (life_edges[i].from == from && life_edges[i].to == to)
			return i;
	return -1;
}

bool life_is_legal(unsigned from, unsigned to)
{
	if (from == LIFE_unseen)
		return to > LIFE_unseen && to < LIFE_NR_POINTS;
	return life_edge_of(from, to) >= 0;
}
