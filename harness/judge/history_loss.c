/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/history_loss.h"

#include <stdlib.h>
#include "judge/history.h"
#include "util/mem.h"

static char *copy_text(const char *text)
{
	return text ? mem_strdup(text) : NULL;
}

/* The series that the outcome is of: the last one, or a new one, for they come in order. */
static struct history_loss *loss_of(struct history_losses *l, const struct store_outcome *o)
{
	struct history_loss *last = l->nr ? &l->loss[l->nr - 1] : NULL;

	if (last && history_same(last->host, o->host) && history_same(last->workload, o->workload) &&
	    history_same(last->policy, o->policy))
		return last;
	l->loss = mem_grow(l->loss, l->nr, sizeof(*l->loss));
	last = &l->loss[l->nr++];
	*last = (struct history_loss){ .host = copy_text(o->host),
				       .workload = mem_strdup(o->workload),
				       .policy = mem_strdup(o->policy) };
	return last;
}

static int take_outcome(void *ctx, const struct store_outcome *o)
{
	struct history_loss *l = loss_of(ctx, o);

	l->night = mem_grow(l->night, l->nr, sizeof(*l->night));
	l->count = mem_grow(l->count, l->nr, sizeof(*l->count));
	l->night[l->nr] = (struct history_loss_night){ .run = mem_strdup(o->run),
						       .started_ns = o->started_ns,
						       .worst = o->worst,
						       .why = copy_text(o->why),
						       .exit_kind = o->exit_kind,
						       .exit_reason = copy_text(o->exit_reason) };
	l->count[l->nr++] = (struct count){ o->due - o->ok, o->due };
	return 0;
}

int history_losses_make(struct store *s, const struct store_filter *filter, struct history_losses *l)
{
	int err;

	*l = (struct history_losses){ 0 };
	err = store_outcomes(s, filter, take_outcome, l);
	for (size_t i = 0; i < l->nr; i++)
		l->loss[i].nr_changes =
			stats_count_changes(l->loss[i].count, l->loss[i].nr, &l->loss[i].change);
	return err;
}

static void free_night(struct history_loss_night *n)
{
	free(n->run);
	free(n->why);
	free(n->exit_reason);
}

void history_losses_free(struct history_losses *l)
{
	for (size_t i = 0; i < l->nr; i++) {
		for (size_t k = 0; k < l->loss[i].nr; k++)
			free_night(&l->loss[i].night[k]);
		free(l->loss[i].night);
		free(l->loss[i].count);
		free(l->loss[i].change);
		free(l->loss[i].host);
		free(l->loss[i].workload);
		free(l->loss[i].policy);
	}
	free(l->loss);
}

double history_loss_latest(const struct history_loss *l)
{
	return stats_count_share(l->count + l->nr - 1, 1);
}

double history_loss_level(const struct history_loss *l)
{
	size_t from = l->nr_changes ? l->change[l->nr_changes - 1].at : 0;

	return stats_count_share(l->count + from, l->nr - from);
}

const struct history_loss_night *history_loss_last(const struct history_loss *l)
{
	for (size_t i = l->nr; i--;)
		if (l->night[i].worst != STATUS_OK)
			return &l->night[i];
	return NULL;
}

bool history_loss_any(const struct history_loss *l)
{
	for (size_t i = 0; i < l->nr; i++)
		if (l->count[i].k)
			return true;
	return false;
}
