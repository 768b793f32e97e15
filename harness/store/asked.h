/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside store/ only: the runs that series and outcomes are of. Those of one machine are found without
 * reading the others, by two ways: the index over machines, and the sums of their names (totals.h). So one of
 * them that is damaged hides no run; what either finds must be checked.
 */
#pragma once
#include "store/db.h"

/* Finds the runs of a machine; NULL: all runs. What follows is of the last call. */
int asked_find(struct store *s, const char *host);

/* For the FROM of a statement: the rows of these runs. No index finds those of all runs, see points.c. */
#define ASKED_FROM(host, table) \
	((host) ? "temp.asked CROSS JOIN " table " USING (run)" : table " NOT INDEXED")
/* The same as a condition on the column "run". */
#define ASKED_WHERE(host) ((host) ? "WHERE run IN temp.asked" : "")
