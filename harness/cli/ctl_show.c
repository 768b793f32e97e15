/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ctl_show.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/buf.h"
#include "text/grid.h"
#include "util/mem.h"
#include "util/scan.h"
#include "util/utf8.h"

static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_PROSE, 0 } };

static void put_word(struct buf *b, const struct control_key *key, __u64 value)
{
	char text[64];

	control_print(key, value, text, sizeof(text));
	buf_printf(b, "%s%s", b->len ? " " : "", text);
}

/* What was used beyond the quota, and is not made up for. */
static double over_s(const struct scxb_bucket *b)
{
	return (b->forgiven + (b->left < 0 ? -b->left : 0)) / 1e9;
}

static void show_rule(void *ctx, const struct control_rule *r)
{
	struct buf set = { 0 }, age = { 0 };
	char *target = target_text(&r->target), **cell;

	for (int i = 0; i < SCXB_NR_SETTINGS; i++)
		if (r->setting.set & 1U << i)
			put_word(&set, &control_keys(r->target.kind)[i], r->setting.value[i]);
	buf_printf(&age, "%s%.0f s ago", r->target.hint ? "hint, " : "", r->age_s);
	if (r->setting.bucket)
		buf_printf(&age, ", used %.3f s, %.3f s over, made to wait %llu times", r->bucket.used / 1e9,
			   over_s(&r->bucket), r->bucket.throttled);
	cell = grid_row(ctx, true, target);
	cell[1] = buf_take(&set);
	cell[2] = buf_take(&age);
	free(target);
}

static void put_queues(struct control *c, struct grid *g)
{
	struct scxb_owned queue[SCXB_OWNED];

	for (int i = 0; control_queues(c, queue) && i < SCXB_OWNED; i++) {
		char *title, **cell;

		if (!queue_is_used(&queue[i]))
			continue;
		title = mem_printf("queue %d", i);
		cell = grid_row(g, true, title);
		cell[1] = queue_owner(&queue[i]);
		cell[2] = mem_printf("weight %u, by %s, %u waiting", queue[i].weight, queue_order(&queue[i]),
				     queue[i].waiting);
		free(title);
	}
}

static void show_text(struct control *c)
{
	struct buf set = { 0 };
	struct grid g;
	__u64 value;

	grid_begin(&g, columns, 3);
	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		if (control_param(c, i, &value))
			put_word(&set, &control_params[i], value);
	if (set.len)
		grid_row(&g, true, "policy")[1] = buf_take(&set);
	control_each(c, show_rule, &g);
	put_queues(c, &g);
	grid_print(&g);
	grid_free(&g);
}

static const char *layer_of(const struct target *t)
{
	return t->hint ? "hint" : "rule";
}

/* A number, but the word where ctl prints one: of a quota, which has a unit, and of what has names. */
static json_t *value_of(const struct control_key *key, __u32 value)
{
	char text[64];
	uint64_t number;

	control_print(key, value, text, sizeof(text));
	return scan_count(strchr(text, '=') + 1, &number) ? json_integer(value)
							  : json_string(strchr(text, '=') + 1);
}

static void add_rule(void *ctx, const struct control_rule *r)
{
	char *name = target_text(&r->target), *clean = utf8_clean(name);
	json_t *json =
		json_pack("{ss ss sf}", "target", clean, "layer", layer_of(&r->target), "age_s", r->age_s);

	free(clean);
	free(name);
	for (int i = 0; i < SCXB_NR_SETTINGS; i++) {
		const struct control_key *key = &control_keys(r->target.kind)[i];

		if (r->setting.set & 1U << i)
			json_object_set_new(json, key->name, value_of(key, r->setting.value[i]));
	}
	if (r->setting.bucket)
		json_object_set_new(json, "quota_now",
				    json_pack("{sf sf sf sI}", "cpus", r->quota_cpus, "used_s",
					      r->bucket.used / 1e9, "over_s", over_s(&r->bucket), "throttled",
					      (json_int_t)r->bucket.throttled));
	json_array_append_new(ctx, json);
}

static void print_json(json_t *json)
{
	json_dumpf(json, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
	printf("\n");
	json_decref(json);
}

/* null: the policy has no such queues. */
static json_t *queues_json(struct control *c)
{
	struct scxb_owned queue[SCXB_OWNED];
	json_t *list = control_queues(c, queue) ? json_array() : json_null();

	for (int i = 0; json_is_array(list) && i < SCXB_OWNED; i++) {
		char *owner = queue_owner(&queue[i]), *clean = utf8_clean(owner);

		if (queue_is_used(&queue[i]))
			json_array_append_new(list, json_pack("{si ss si ss si}", "queue", i, "owner", clean,
							      "weight", (int)queue[i].weight, "order",
							      queue_order(&queue[i]), "waiting",
							      (int)queue[i].waiting));
		free(clean);
		free(owner);
	}
	return list;
}

static void show_json(struct control *c)
{
	json_t *rules = json_array(), *params = json_object();
	__u64 value;

	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		if (control_param(c, i, &value))
			json_object_set_new(params, control_params[i].name, json_integer(value));
	control_each(c, add_rule, rules);
	print_json(json_pack("{ss so so so}", "policy", control_policy(c), "params", params, "rules", rules,
			     "queues", queues_json(c)));
}

/* One of what is in force: a setting, and from where. */
typedef void put_fn(void *ctx, int nr, __u32 value, const struct target *from);

/* Of quotas each counts. */
static void each_in_force(const struct control_force *f, put_fn *put, void *ctx)
{
	for (int i = 0; i < SCXB_NR_SETTINGS; i++)
		if (f->setting.set & 1U << i && i != SCXB_SETTING_quota)
			put(ctx, i, f->setting.value[i], &f->from[i]);
	for (unsigned i = 0; i < f->nr_quotas; i++)
		put(ctx, SCXB_SETTING_quota, f->quota[i].quota, &f->quota[i].from);
}

static void put_row(void *ctx, int nr, __u32 value, const struct target *from)
{
	char text[64], *name = target_text(from);

	control_print(&control_settings[nr], value, text, sizeof(text));
	grid_row(ctx, true, text)[1] = from->hint ? mem_strdup("its hint") : mem_printf("by %s", name);
	free(name);
}

static void force_text(const struct control_force *f)
{
	struct grid g;

	grid_begin(&g, columns, 2);
	each_in_force(f, put_row, &g);
	grid_print(&g);
	grid_free(&g);
}

static void put_object(void *ctx, int nr, __u32 value, const struct target *from)
{
	char *name = target_text(from), *clean = utf8_clean(name);

	json_array_append_new(ctx, json_pack("{ss so ss ss}", "key", control_settings[nr].name, "value",
					     value_of(&control_settings[nr], value), "from", clean, "layer",
					     layer_of(from)));
	free(clean);
	free(name);
}

static void force_json(const char *target, const struct control_force *f)
{
	json_t *keys = json_array();

	each_in_force(f, put_object, keys);
	print_json(json_pack("{ss so}", "target", target, "in_force", keys));
}

static int show_force(struct control *c, const char *target, bool json)
{
	struct control_force f;
	struct target t;
	int err = target_parse_of(1U << TARGET_TASK | 1U << TARGET_GROUP, target, &t);

	if (!err)
		err = control_in_force(c, t.id, &f);
	if (err)
		return err;
	if (json)
		force_json(target, &f);
	else if (f.setting.set)
		force_text(&f);
	else
		printf("nothing is set that applies to %s\n", target);
	return 0;
}

int show_control(struct control *c, const char *target, bool json)
{
	if (target)
		return show_force(c, target, json);
	if (json)
		show_json(c);
	else
		show_text(c);
	return 0;
}
