/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "top/top_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "top/top_frame.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

static int load_text(struct top_replay *r, size_t *len)
{
	int err = fs_read_most(r->path, TOP_RECORD_BYTES, &r->text, len);

	if (err == -EFBIG)
		return log_err(-CAUSE_DAMAGED, "%s is damaged: a record has at most %d MiB", r->path,
			       TOP_RECORD_MIB);
	return err ? fs_unread(r->path, err) : 0;
}

/* The lines that are whole. The first is the head. */
static void split_text(struct top_replay *r, size_t len)
{
	const char *at = r->text, *end = r->text + len, *next;

	for (; (next = memchr(at, '\n', end - at)); at = next + 1) {
		r->line = mem_grow(r->line, r->nr, sizeof(*r->line));
		r->line[r->nr++] = (struct top_text){ at, next - at };
	}
}

static json_t *parse_line(const struct top_text *line)
{
	json_error_t why;
	json_t *object = json_loadb(line->at, line->len, JSON_REJECT_DUPLICATES, &why);

	if (object && json_is_object(object))
		return object;
	json_decref(object);
	return NULL;
}

/* From 0 to before most, or the document is bad. */
static int small_at(struct json_doc *doc, const json_t *row, size_t i, int most)
{
	const json_t *found = json_array_get(row, i);
	json_int_t value = json_integer_value(found);

	if (json_is_integer(found) && value >= 0 && value < most)
		return (int)value;
	json_bad(doc, "cpus");
	return 0;
}

#define CPUS_MOST 8192 /* of a kernel */

static void read_cpus(struct json_doc *doc, struct topology *t)
{
	const json_t *all = json_get_array(doc, doc->root, "cpus"), *row;
	int nr = (int)json_array_size(all);
	size_t i;

	if (json_array_size(all) > CPUS_MOST)
		return json_bad(doc, "cpus");
	t->cpu = mem_zalloc(nr + 1, sizeof(*t->cpu));
	json_array_foreach (all, i, row) {
		struct topology_cpu *c = &t->cpu[t->nr_cpus++];

		c->cpu = small_at(doc, row, 0, CPUS_MOST);
		c->l3 = small_at(doc, row, 1, nr);
		c->node = small_at(doc, row, 2, nr);
		t->nr_l3 = c->l3 < t->nr_l3 ? t->nr_l3 : c->l3 + 1;
		t->nr_nodes = c->node < t->nr_nodes ? t->nr_nodes : c->node + 1;
	}
}

static int read_head(struct top_replay *r)
{
	json_t *object = r->nr ? parse_line(&r->line[0]) : NULL;
	struct json_doc doc;
	char *what;
	int err;

	if (!object)
		return log_err(-CAUSE_DAMAGED, "%s is damaged or not a record of top", r->path);
	err = json_open_object(r->path, TOP_RECORD_SCHEMA, object, &doc);
	if (err)
		return err;
	what = json_get_text(&doc, doc.root, "record");
	if (strcmp(what, "top"))
		json_bad(&doc, "record");
	free(what);
	read_cpus(&doc, &r->topology);
	return json_close(&doc);
}

int top_replay_look(const struct top_replay *r, size_t i, struct monitor_shot *shot)
{
	char *where = mem_printf("%s, line %zu", r->path, i + 2);
	json_t *object = parse_line(&r->line[i]);
	int err = object ? frame_read(where, object, shot)
			 : log_err(-CAUSE_DAMAGED, "%s is damaged: it is no look", where);

	free(where);
	return err;
}

#define LOOKS_TOLD 1000 /* a message of progress for so many */

static int check_looks(const struct top_replay *r)
{
	int err = 0;

	if (!r->nr)
		return log_err(-CAUSE_DAMAGED, "%s has no look yet", r->path);
	for (size_t i = 0; i < r->nr && !err; i++) {
		struct monitor_shot shot = { 0 };

		if (i % LOOKS_TOLD == LOOKS_TOLD - 1)
			log_progress("%s: look %zu of %zu", r->path, i + 1, r->nr);
		err = interrupted() ? -CAUSE_INTERRUPTED : top_replay_look(r, i, &shot);
		monitor_shot_free(&shot);
	}
	log_progress_end();
	return err;
}

int top_replay_open(struct top_replay *r, const char *path)
{
	size_t len = 0;
	int err;

	*r = (struct top_replay){ .path = path };
	err = load_text(r, &len);
	if (err)
		return err;
	split_text(r, len);
	err = read_head(r);
	if (err)
		return err;
	memmove(r->line, r->line + 1, --r->nr * sizeof(*r->line));
	return check_looks(r);
}

void top_replay_free(struct top_replay *r)
{
	free(r->text);
	free(r->line);
	topology_free(&r->topology);
	*r = (struct top_replay){ 0 };
}
