/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "life/life_table.h"
#include "life/trace_lives.h"
#include "record/chrome.h"
#include "record/json.h"
#include "trace/trace_text.h"
#include "util/mem.h"

#define PATH_TRACK (CHROME_CPUS + 1)

struct slice {
	uint64_t begin;	       /* 0: no slice is open */
	struct life_step step; /* that opened it */
};

/* The open slices. A slice is written when it ends, so one whose records were lost is left out as a whole. */
struct writer {
	struct chrome out;
	const struct trace *t;
	struct trace_lives lives;
	struct slice *whole,
		*part; /* by the task's place in lives. whole: on its run queue; part: at a point */
	struct slice *cpu;
};

/* Microseconds since the beginning, as the format requires. */
static double us(const struct writer *w, uint64_t ns)
{
	return (double)(int64_t)(ns - w->t->begin_ns) / 1000;
}

/* Takes ownership of name and args. */
static void put_slice(struct writer *w, const struct slice *s, uint64_t end, json_t *track, json_t *name)
{
	double from = us(w, s->begin);

	chrome_slice(&w->out, (struct chrome_span){ from, from + (double)(end - s->begin) / 1000 }, track,
		     name);
}

static json_t *task_track(const struct life_step *s)
{
	return json_pack("{s:i,s:i}", "pid", (int)s->tgid, "tid", (int)s->tid);
}

static void close_part(struct writer *w, struct slice *s, uint64_t end)
{
	json_t *track;

	if (!s->begin)
		return;
	track = task_track(&s->step);
	json_object_set_new(track, "args",
			    json_pack("{s:s,s:I,s:I,s:i}", "after", life_point_name(s->step.from), "flags",
				      (json_int_t)s->step.flags, "dsq", (json_int_t)s->step.dsq, "cpu",
				      (int)s->step.on));
	put_slice(w, s, end, track, json_string(life_point_name(s->step.to)));
	s->begin = 0;
}

static void close_whole(struct writer *w, struct slice *s, uint64_t end)
{
	if (s->begin)
		put_slice(w, s, end, task_track(&s->step), json_string("runnable"));
	s->begin = 0;
}

static void put_instant(struct writer *w, uint64_t ns, json_t *track, json_t *name)
{
	chrome_instant(&w->out, us(w, ns), track, name);
}

static void step_cpu(struct writer *w, const struct life_step *s)
{
	struct slice *cpu = &w->cpu[s->on];

	if (s->to == LIFE_running) {
		*cpu = (struct slice){ s->head.ns, *s };
	} else if (s->to == LIFE_stopping && cpu->begin && cpu->step.tid == s->tid) {
		put_slice(w, cpu, s->head.ns, chrome_cpu(s->on), trace_comm_json(s->comm));
		cpu->begin = 0;
	}
}

/* Off the run queue, or out of the class. */
static bool is_off(unsigned point)
{
	return point == LIFE_quiescent || point == LIFE_init || point == LIFE_enable ||
	       point == LIFE_select_cpu || point == LIFE_disable || point == LIFE_exit;
}

static void step_task(struct writer *w, const struct life_step *s)
{
	const struct trace_task *task = trace_lives_step(&w->lives, s);
	size_t place = task - w->lives.task;
	struct slice *whole = &w->whole[place], *part = &w->part[place];

	/* Records of it were lost since its last one, so the times between are not known. */
	if (!task->known)
		whole->begin = part->begin = 0;
	if (s->to == LIFE_tick) {
		put_instant(w, s->head.ns, task_track(s), json_string("tick"));
		return;
	}
	close_part(w, part, s->head.ns);
	if (is_off(s->to))
		close_whole(w, whole, s->head.ns);
	else if (!whole->begin)
		*whole = (struct slice){ s->head.ns, *s };
	if (s->to != LIFE_quiescent && s->to != LIFE_disable && s->to != LIFE_exit)
		*part = (struct slice){ s->head.ns, *s };
}

static void put_record(struct writer *w, const union trace_record *r)
{
	static char wakeup[64];

	switch (r->head.kind) {
	case LIFE_STEP:
		step_cpu(w, &r->step);
		step_task(w, &r->step);
		return;
	case LIFE_WAKE:
		snprintf(wakeup, sizeof(wakeup), "wakes %.*s %u", LIFE_COMM, r->wake.to, r->wake.wakee);
		put_instant(w, r->head.ns, chrome_cpu(r->head.cpu), json_from_text(wakeup));
		return;
	case LIFE_COUNT:
		chrome_put(&w->out, json_pack("{s:s,s:o,s:f,s:i,s:{s:I}}", "ph", "C", "name",
					      json_from_text(r->text.text), "ts", us(w, r->head.ns), "pid",
					      CHROME_CPUS, "args", "rise", (json_int_t)r->text.delta));
		return;
	case LIFE_DUMP:
		put_instant(w, r->head.ns, chrome_cpu(r->head.cpu), json_from_text(r->text.text));
	}
}

static void put_names(struct writer *w, unsigned cpus)
{
	chrome_name_cpus(&w->out, cpus);
	for (size_t i = 0; i < w->lives.nr; i++) {
		const struct trace_task *t = &w->lives.task[i];
		const struct life_step s = { .tid = t->tid, .tgid = t->tgid };

		chrome_name(&w->out, "thread_name", task_track(&s), trace_comm_json(t->comm));
		if (t->tid == t->tgid)
			chrome_name(&w->out, "process_name", task_track(&s), trace_comm_json(t->comm));
	}
}

static json_t *path_track(void)
{
	return json_pack("{s:i,s:i}", "pid", PATH_TRACK, "tid", 0);
}

static void put_path(struct writer *w, const struct trace_path *p)
{
	for (size_t i = 0; i < p->nr; i++) {
		const struct path_part *part = &p->part[i];
		char *comm = trace_comm(part->comm),
		     *name = mem_printf("%s%s%s", comm, *comm ? " " : "", path_state_name[part->state]);

		chrome_slice(&w->out, (struct chrome_span){ us(w, part->from_ns), us(w, part->to_ns) },
			     path_track(), json_string(name));
		free(name);
		free(comm);
	}
	if (p->nr)
		chrome_name(&w->out, "process_name", path_track(), json_string("critical path"));
}

static unsigned max(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static unsigned on(const union trace_record *r)
{
	return r->head.kind == LIFE_STEP ? r->step.on : 0;
}

static unsigned cpus_of(const struct trace *t)
{
	unsigned cpus = 0;

	for (size_t i = 0; i < t->nr; i++)
		cpus = max(cpus, max(t->record[i].head.cpu, on(&t->record[i])) + 1);
	return cpus;
}

static void write_all(struct writer *w)
{
	unsigned cpus = cpus_of(w->t);

	trace_lives_of(w->t, &w->lives);
	w->whole = mem_zalloc(w->lives.nr + 1, sizeof(*w->whole));
	w->part = mem_zalloc(w->lives.nr + 1, sizeof(*w->part));
	w->cpu = mem_zalloc(cpus + 1, sizeof(*w->cpu));
	trace_lives_free(&w->lives);
	for (size_t i = 0; i < w->t->nr; i++)
		put_record(w, &w->t->record[i]);
	put_names(w, cpus);
	trace_lives_free(&w->lives);
	free(w->whole);
	free(w->part);
	free(w->cpu);
}

int trace_write_json(const struct trace *t, const struct trace_path *p, const char *path)
{
	struct writer w = { .t = t };

	chrome_open(&w.out, path,
		    json_pack("{s:s,s:{s:I}}", "displayTimeUnit", "ns", "otherData", "lost",
			      (json_int_t)t->counts.lost));
	write_all(&w);
	put_path(&w, p);
	return chrome_close(&w.out, path);
}
