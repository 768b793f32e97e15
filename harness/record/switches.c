/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/switches.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/chrome.h"
#include "record/json.h"
#include "util/mem.h"

#define SCHEMA 1
#define MAX_CPUS 8192
#define MAX_NS 1e9		/* more than any window has */
#define MAX_TID ((1 << 22) - 1) /* below the kernel's PID_MAX_LIMIT */

const char *const stint_of_name[NR_STINT] = { "workload", "other", "idle", "not known" };
#define NAME(n) #n,
const char *const stint_level_name[MIGRATE_NR] = { MIGRATE_LEVELS(NAME) };
#undef NAME

char *switches_path(const char *dir, unsigned seq)
{
	return mem_printf("%s/switches-%04u.json", dir, seq);
}

static void put_stint(struct chrome *c, const struct stint *s)
{
	const struct chrome_span at = { (double)s->from_ns / 1000, (double)s->to_ns / 1000 };
	json_t *track = chrome_cpu(s->cpu);
	json_t *args = json_pack("{s:I,s:I,s:s}", "task", (json_int_t)s->tid, "waiting",
				 (json_int_t)s->waiting, "of", stint_of_name[s->of]);

	if (s->moved >= 0)
		json_object_set_new(args, "moved", json_string(stint_level_name[s->moved]));
	if (s->slept)
		json_object_set_new(args, "slept", json_true());
	json_object_set_new(track, "args", args);
	chrome_slice(c, at, track, json_from_text(s->comm));
}

/* The counter of the CPU's queue, a track of its own. */
static void put_waiting(struct chrome *c, const struct stint *s)
{
	char name[32];

	snprintf(name, sizeof(name), "waiting on CPU %u", s->cpu);
	chrome_put(c, json_pack("{s:s,s:s,s:f,s:i,s:{s:I}}", "ph", "C", "name", name, "ts",
				(double)s->from_ns / 1000, "pid", CHROME_CPUS, "args", "tasks",
				(json_int_t)s->waiting));
}

/* The tasks are numbers: their names are at their stints. */
static void put_wakeup(struct chrome *c, const struct wakeup *w)
{
	json_t *track = chrome_cpu(w->cpu);
	char name[32];

	snprintf(name, sizeof(name), "wakes %u", w->tid);
	json_object_set_new(
		track, "args",
		json_pack("{s:I,s:I}", "waker", (json_int_t)w->waker, "task", (json_int_t)w->tid));
	chrome_instant(c, (double)w->at_ns / 1000, track, json_string(name));
}

static json_t *head_of(const struct switches *s)
{
	json_t *data = json_pack("{s:I,s:I,s:I,s:i}", "after_ns", (json_int_t)s->after_ns, "length_ns",
				 (json_int_t)s->length_ns, "lost", (json_int_t)s->lost, "cpus", (int)s->cpus);

	if (s->woken)
		json_object_set_new(data, "wakeups", json_integer((json_int_t)s->wakeups));
	return json_pack("{s:i,s:s,s:o}", "schema", SCHEMA, "displayTimeUnit", "ns", "otherData", data);
}

int switches_write(const struct switches *s, const char *path)
{
	struct chrome c;

	chrome_open(&c, path, head_of(s));
	for (size_t i = 0; i < s->nr; i++) {
		put_stint(&c, &s->stint[i]);
		if (s->stint[i].of != STINT_UNKNOWN)
			put_waiting(&c, &s->stint[i]);
	}
	for (size_t i = 0; i < s->wakeups; i++)
		put_wakeup(&c, &s->wakeup[i]);
	chrome_name_cpus(&c, s->cpus);
	return chrome_close(&c, path);
}

/* The place of the name; -1: it is none of them. */
static int place_of(const char *const *names, int nr, const char *name)
{
	for (int i = 0; i < nr; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

static uint64_t get_ns(struct json_doc *doc, const json_t *event, const char *key)
{
	double us = json_get_double(doc, event, key);

	if (isnan(us) || us < 0 || us * 1000 > MAX_NS) {
		json_bad(doc, key);
		return 0;
	}
	return (uint64_t)llround(us * 1000);
}

/* A whole number up to most; else 0, and the document is bad. */
static int64_t get_number(struct json_doc *doc, const json_t *object, const char *key, int64_t most)
{
	int64_t value = json_get_int(doc, object, key);

	if (value >= 0 && value <= most)
		return value;
	json_bad(doc, key);
	return 0;
}

static void get_args(struct json_doc *doc, const json_t *event, struct stint *s)
{
	const json_t *args = json_get_object(doc, event, "args");
	const char *moved = json_string_value(json_object_get(args, "moved"));
	char *of = json_get_text(doc, args, "of");
	int place = place_of(stint_of_name, NR_STINT, of);

	s->tid = (uint32_t)get_number(doc, args, "task", MAX_TID);
	s->waiting = (uint32_t)get_number(doc, args, "waiting", UINT32_MAX);
	s->of = place < 0 ? STINT_UNKNOWN : (enum stint_of)place;
	s->slept = json_is_true(json_object_get(args, "slept"));
	s->moved = moved ? place_of(stint_level_name, MIGRATE_NR, moved) : -1;
	if (place < 0 || (moved && s->moved < 0))
		json_bad(doc, "args");
	free(of);
}

static void get_stint(struct json_doc *doc, const json_t *event, struct switches *to)
{
	char *name = json_get_text(doc, event, "name");
	struct stint s = { .from_ns = get_ns(doc, event, "ts"),
			   .cpu = (unsigned)get_number(doc, event, "tid", MAX_CPUS - 1) };

	s.to_ns = s.from_ns + get_ns(doc, event, "dur");
	get_args(doc, event, &s);
	snprintf(s.comm, sizeof(s.comm), "%s", name);
	free(name);
	if (s.to_ns > to->length_ns || s.cpu >= to->cpus) {
		json_bad(doc, "ts");
		return;
	}
	to->stint = mem_grow(to->stint, to->nr, sizeof(*to->stint));
	to->stint[to->nr++] = s;
}

static void get_wakeup(struct json_doc *doc, const json_t *event, struct switches *to)
{
	const json_t *args = json_get_object(doc, event, "args");
	struct wakeup w = { .at_ns = get_ns(doc, event, "ts"),
			    .cpu = (unsigned)get_number(doc, event, "tid", MAX_CPUS - 1),
			    .waker = (uint32_t)get_number(doc, args, "waker", MAX_TID),
			    .tid = (uint32_t)get_number(doc, args, "task", MAX_TID) };

	if (w.at_ns >= to->length_ns || w.cpu >= to->cpus) {
		json_bad(doc, "ts");
		return;
	}
	to->wakeup = mem_grow(to->wakeup, to->wakeups, sizeof(*to->wakeup));
	to->wakeup[to->wakeups++] = w;
}

static void get_event(struct json_doc *doc, const json_t *event, struct switches *to)
{
	const char *kind = json_string_value(json_object_get(event, "ph"));

	if (kind && !strcmp(kind, "X"))
		get_stint(doc, event, to);
	else if (kind && !strcmp(kind, "i"))
		get_wakeup(doc, event, to);
}

int switches_read(const char *path, struct switches *s)
{
	struct json_doc doc;
	const json_t *head, *event;
	size_t i;
	int err = json_open(path, SCHEMA, &doc);

	*s = (struct switches){ 0 };
	if (err)
		return err;
	head = json_get_object(&doc, doc.root, "otherData");
	s->after_ns = (uint64_t)get_number(&doc, head, "after_ns", INT64_MAX);
	s->length_ns = (uint64_t)get_number(&doc, head, "length_ns", (int64_t)MAX_NS);
	s->lost = (uint64_t)get_number(&doc, head, "lost", INT64_MAX);
	s->cpus = (unsigned)get_number(&doc, head, "cpus", MAX_CPUS);
	s->woken = json_object_get(head, "wakeups");
	json_array_foreach (json_get_array(&doc, doc.root, "traceEvents"), i, event)
		get_event(&doc, event, s);
	if (s->woken && get_number(&doc, head, "wakeups", INT64_MAX) != (int64_t)s->wakeups)
		json_bad(&doc, "wakeups");
	return json_close(&doc);
}

void switches_free(struct switches *s)
{
	free(s->stint);
	free(s->wakeup);
	*s = (struct switches){ 0 };
}
