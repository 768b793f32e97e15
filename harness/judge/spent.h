/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run's time went into: the windows in which its samples were measured, and what stood beside them. A
 * window counts if its sample is proven and no warm-up. Pure.
 */
#pragma once
#include "store/store.h"

struct spent_kind {
	unsigned nr;
	double window_s, beside_s; /* all of them; beside: what else the sample took */
};

struct spent {
	double all_s;		   /* from the first sample's start to the last one's end, in each boot */
	struct spent_kind kind[2]; /* timed, instrumented */
};

void spent_make(const struct store_run *run, struct spent *s);
/*
 * "Of 444 s, 227 s (51 %) were measured windows; beside a timed sample went 1.3 s, beside an instrumented one
 * 5.1 s." The caller's to free; NULL when nothing was measured, or no
 * time, as in the exact lab.
 */
char *spent_text(const struct store_run *run);
