/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A history as JSON. Keys: results/README.md. */
#include "export/history_files.h"
#include <jansson.h>
#include <stdlib.h>
#include "record/json.h"
#include "text/utc.h"
#include "text/buf.h"

static json_t *difference(const struct history_difference *d)
{
	return json_pack("{s:o,s:o,s:o,s:o}", "run", json_from_text(d->run->id), "key",
			 json_from_text(d->key), "was", json_from_text(d->was), "is", json_from_text(d->is));
}

static json_t *history_json_point(const struct history_series *s, const struct history_point *p)
{
	const struct change *c = &p->change;
	bool incident = c->kind == CHANGE_INCIDENT;
	json_t *differences = json_array();

	for (size_t i = 0; i < p->nr; i++)
		json_array_append_new(differences, difference(&p->difference[i]));
	return json_pack("{s:s,s:o,s:o,s:o,s:b,s:o,s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:o}", "kind",
			 incident ? "incident" : "level", "run", json_from_text(s->night[c->at].run->id),
			 "earliest", json_from_text(s->night[c->low].run->id), "latest",
			 json_from_text(s->night[c->high].run->id), "wide", history_is_wide(p), "seen",
			 json_from_text(s->night[c->seen].run->id), "until",
			 json_from_text(incident ? s->night[c->until].run->id : NULL), "over",
			 json_from_text(incident ? s->night[c->over].run->id : NULL), "before",
			 json_from_double(c->before), "after", json_from_double(c->after), "rise",
			 json_from_double(history_rise(p)), "side", history_word(s, p), "p",
			 json_from_double(c->p), "differences", differences);
}

static json_t *points(const struct history_series *s)
{
	json_t *all = json_array();

	for (size_t i = 0; i < s->nr_points; i++)
		json_array_append_new(all, history_json_point(s, &s->point[i]));
	return all;
}

/* The versions of the policy, each with the first run that had it. */
static json_t *versions(const struct history_series *s)
{
	json_t *all = json_array();

	for (size_t i = 0; i < s->nr; i++)
		if (!i || !history_same(s->night[i].policy_hash, s->night[i - 1].policy_hash))
			json_array_append_new(
				all, json_pack("{s:o,s:o}", "run", json_from_text(s->night[i].run->id),
					       "policy_hash", json_from_text(s->night[i].policy_hash)));
	return all;
}

static json_t *names(const struct history_series *s)
{
	return s ? json_pack("{s:o,s:o,s:o}", "workload", json_from_text(s->workload), "metric",
			     json_from_text(s->metric), "policy", json_from_text(s->policy))
		 : json_null();
}

static json_t *series(const struct history_series *s)
{
	return json_pack("{s:o,s:b,s:o,s:o,s:o,s:o,s:s,s:b,s:s,s:o,s:o,s:o,s:o,s:i,s:i,s:o,s:o}", "host",
			 json_from_text(s->host), "emulated", history_emulated(s), "workload",
			 json_from_text(s->workload), "metric", json_from_text(s->metric), "policy",
			 json_from_text(s->policy), "unit", json_from_text(s->unit), "better",
			 better_name(s->better), "primary", s->primary, "of",
			 s->of_ratio ? "ratio" : "median", "level", json_from_double(history_level(s)),
			 "begun", json_from_text(s->begun ? s->begun->id : NULL), "ended",
			 json_from_text(s->ended ? s->ended->id : NULL), "renamed", names(s->renamed),
			 "no_ratio", (int)s->no_ratio, "fewer_pairs", (int)s->fewer_pairs, "versions",
			 versions(s), "points", points(s));
}

static json_t *night(const struct history_night *n)
{
	return json_pack("{s:o,s:o,s:o,s:i,s:i,s:i}", "run", json_from_text(n->run->id), "ratio",
			 json_from_double(n->ratio), "median", json_from_double(n->median), "values",
			 (int)n->values, "pairs", (int)n->pairs, "left_out", (int)n->left_out);
}

static json_t *history_json_run(const struct history_run *r)
{
	char time[21];

	utc_time(r->started_ns, time);
	return json_pack("{s:o,s:s,s:o}", "run", json_from_text(r->id), "started", time, "host",
			 json_from_text(r->host));
}

/* A value of an array, on a line of its own; all but the first after a comma. Frees it. */
static void put_value(struct buf *b, bool first, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(17));

	buf_put(b, first ? "\n" : ",\n");
	buf_put(b, text);
	free(text);
	json_decref(value);
}

/* The nights come at the end. They are most of the text, so no tree is made of all of them. */
static void put_series(struct buf *b, bool first, const struct history_series *s)
{
	put_value(b, first, series(s));
	b->len--;
	buf_put(b, ",\"nights\":[");
	for (size_t i = 0; i < s->nr; i++)
		put_value(b, !i, night(&s->night[i]));
	buf_put(b, "]}");
}

static json_t *loss_change(const struct history_loss *l, const struct count_change *c)
{
	return json_pack("{s:o,s:o,s:o,s:o,s:s,s:o}", "run", json_from_text(l->night[c->at].run), "seen",
			 json_from_text(l->night[c->seen].run), "before", json_from_double(c->before),
			 "after", json_from_double(c->after), "side",
			 c->after > c->before ? "worse" : "better", "p", json_from_double(c->p));
}

static json_t *loss_night(const struct history_loss_night *n, const struct count *c)
{
	json_t *kind = n->exit_kind ? json_integer(n->exit_kind) : json_null();

	return json_pack("{s:o,s:i,s:i,s:o,s:o,s:o,s:o}", "run", json_from_text(n->run), "due", (int)c->n,
			 "lost", (int)c->k, "status",
			 json_from_text(n->worst == STATUS_OK ? NULL : status_name(n->worst)), "why",
			 json_from_text(n->why), "exit_kind", kind, "exit_reason",
			 json_from_text(n->exit_reason));
}

static json_t *loss(const struct history_loss *l)
{
	json_t *changes = json_array(), *nights = json_array();

	for (size_t i = 0; i < l->nr_changes; i++)
		json_array_append_new(changes, loss_change(l, &l->change[i]));
	for (size_t i = 0; i < l->nr; i++)
		json_array_append_new(nights, loss_night(&l->night[i], &l->count[i]));
	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "host", json_from_text(l->host), "workload",
			 json_from_text(l->workload), "policy", json_from_text(l->policy), "level",
			 json_from_double(history_loss_level(l)), "changes", changes, "nights", nights);
}

char *history_json(const struct history *h)
{
	struct buf b = { 0 };

	buf_put(&b, "{\"schema\":2,\"runs\":[");
	for (size_t i = 0; i < h->nr_runs; i++)
		put_value(&b, !i, history_json_run(h->run[i]));
	buf_put(&b, "],\"series\":[");
	for (size_t i = 0; i < h->nr; i++)
		put_series(&b, !i, &h->series[i]);
	buf_put(&b, "],\"reliability\":[");
	for (size_t i = 0; i < h->losses.nr; i++)
		put_value(&b, !i, loss(&h->losses.loss[i]));
	buf_put(&b, "]}");
	return buf_take(&b);
}
