/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "Life of a task": what the instrumented samples of a run saw of it, all samples of a policy together, and
 * its pictures, fig/life-N.dot and -dark.dot by the policy's place in the run, drawn by graphviz.
 */
#pragma once
#include <jansson.h>
#include "judge/compare.h"
#include "life/life_graph.h"

struct lives {
	struct life_graph *policy; /* one a policy of the run; one that was not watched has no edges */
	char **absent;		   /* why it was not, where a sample says so; or NULL */
	unsigned nr;
	unsigned seen;	     /* policies that have edges */
	const char *missing; /* why there are no pictures, or NULL */
};

/* Pure. */
void lives_make(const struct compare *c, struct lives *l);
void lives_free(struct lives *l);
/* For results.json: see results/README.md. */
json_t *lives_json(const struct compare *c);
