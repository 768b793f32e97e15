/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the texts of a shared run consist of. */
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "judge/cell_words.h"
#include "record/env_key.h"
#include "report/section.h"
#include "report/share.h"
#include "util/mem.h"

static void put_policy(struct grid *g, const struct summary *s, unsigned work, unsigned policy)
{
	char **cells = grid_row(g, false, s->c->run->run.policies[policy]);

	cells[1] = summary_effect(s, work, policy);
	cells[2] = reliability_points(&compare_cell(s->c, work, policy)->judgement.of);
}

void share_ratios(struct grid *g, const struct summary *s)
{
	static const struct grid_column columns[] = { { .head = "" },
						      { .head = "ratio", .kind = GRID_PROSE },
						      { .head = "data points" } };

	grid_begin(g, columns, 3);
	for (unsigned w = 0; w < s->c->nr_works; w++) {
		char *head = figure_head_of(s->c, w), *title = mem_printf("%s: %s", s->c->work[w].name, head);
		bool any = false;

		for (unsigned p = 0; p < s->c->nr_policies; p++) {
			if (!summary_shows(s, w, p))
				continue;
			if (!any)
				grid_row(g, true, title);
			any = true;
			put_policy(g, s, w, p);
		}
		free(title);
		free(head);
	}
}

static void put_fact(struct grid *g, const char *name, const char *value)
{
	if (value && *value)
		grid_row(g, true, name)[1] = mem_strdup(value);
}

/* Versions of the programs that the run used. */
static void put_tools(struct grid *g, const struct run *run)
{
	for (size_t i = 0; i < run->nr_env; i++)
		if (env_key_is(run->env[i].key, ENV_TOOL))
			put_fact(g, run->env[i].key + strlen(ENV_TOOL), run_env_known(run, run->env[i].key));
}

void share_facts(struct grid *g, const struct summary *s)
{
	static const struct grid_column columns[] = { { .head = "" }, { .head = "", .kind = GRID_PROSE } };
	static const struct {
		const char *name, *key;
	} facts[] = {
		{ "processor", ENV_CPU },
		{ "CPUs", ENV_CPU_ONLINE },
		{ "SMT", ENV_CPU_SMT },
		{ "memory", ENV_MEMORY },
		{ "hypervisor", ENV_HYPERVISOR },
		{ "kernel", ENV_KERNEL },
		{ "build", ENV_KERNEL_VERSION },
		{ "preemption", ENV_KERNEL_PREEMPT },
		{ "fair", ENV_FAIR },
		{ "base slice, ns", ENV_EEVDF_SLICE },
		{ "governor", ENV_CPU_GOVERNOR },
		{ "frequency", ENV_CPU_FREQUENCY },
		{ "no turbo", ENV_CPU_NO_TURBO },
		{ "boost", ENV_CPU_BOOST },
		{ "distribution", ENV_DISTRIBUTION },
		{ "scxbench", ENV_VERSION },
	};
	const struct run *run = &s->c->run->run;

	grid_begin(g, columns, 2);
	put_fact(g, "host", run->host);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		put_fact(g, facts[i].name, run_env_known(run, facts[i].key));
	put_tools(g, run);
}

void share_notes(struct buf *b, const struct summary *s)
{
	for (unsigned w = 0; w < s->c->nr_works; w++)
		for (unsigned p = 0; p < s->c->nr_policies; p++) {
			char *notes = summary_shows(s, w, p) ? cell_brief(s->c, w, p) : NULL;

			if (notes && *notes)
				buf_printf(b, "%s\n", notes);
			free(notes);
		}
	arms_text(b, s->c->run);
}
