/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run in what is passed on to others, as a picture, as a table, as a text: which of its cells are shown,
 * and in which words. All forms have them from here, so that they say the same. Plain text with any byte that
 * the run has; the caller's to free. Pure.
 */
#pragma once
#include "judge/compare.h"

struct summary {
	const struct compare *c;
	const bool *chosen; /* by policy; NULL: all. Judgements are those of the whole run all the same */
};

/*
 * The baseline has a row only where some of its samples are lost. A policy has one in each workload, also
 * without a sample there.
 */
bool summary_shows(const struct summary *s, unsigned work, unsigned policy);
unsigned summary_rows(const struct summary *s); /* of all workloads; 0: there is nothing to pass on */

/* "sched_ext schedulers fifo and vtime compared with fair, the kernel's own scheduler (EEVDF)" */
char *summary_title(const struct summary *s);
/* cell_effect(); "baseline" of that. What is lost stands beside it. */
char *summary_effect(const struct summary *s, unsigned work, unsigned policy);
/*
 * The answer, a sentence a line, the weightiest first. Where only a part of the run is shown it begins with
 * that, and has a sentence for each cell that is shown.
 */
char *summary_answer(const struct summary *s);
/* How the numbers are to be read, in a few sentences; drawn: of a picture, with its lines. */
char *summary_how(const struct summary *s, bool drawn);
/* caption_origin() and the version of scxbench. */
char *summary_origin(const struct summary *s);
