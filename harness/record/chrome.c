/* SPDX-License-Identifier: GPL-2.0-or-later */
/* https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU: the trace event format. */
#include "record/chrome.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "util/log.h"
#include "util/owner.h"

static void put_head(FILE *f, json_t *head)
{
	const char *key;
	json_t *value;

	fputc('{', f);
	json_object_foreach (head, key, value) {
		fprintf(f, "\"%s\":", key);
		json_dumpf(value, f, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		fputc(',', f);
	}
	fputs("\"traceEvents\":[", f);
}

void chrome_open(struct chrome *c, const char *path, json_t *head)
{
	int fd = owner_create(path, O_WRONLY | O_TRUNC, 0666);

	*c = (struct chrome){ .f = fd < 0 ? NULL : fdopen(fd, "w") };
	if (c->f)
		put_head(c->f, head);
	else
		c->err = -errno;
	json_decref(head);
}

int chrome_close(struct chrome *c, const char *path)
{
	if (c->f) {
		fputs("\n]}\n", c->f);
		c->err = ferror(c->f) ? -EIO : 0;
		if (fclose(c->f) && !c->err)
			c->err = -errno;
		c->f = NULL;
	}
	return c->err ? log_err(c->err, "can't write %s: %s", path, strerror(-c->err)) : 0;
}

json_t *chrome_cpu(unsigned cpu)
{
	return json_pack("{s:i,s:i}", "pid", CHROME_CPUS, "tid", (int)cpu);
}

void chrome_put(struct chrome *c, json_t *event)
{
	if (c->f) {
		fputs(c->any ? ",\n" : "\n", c->f);
		json_dumpf(event, c->f, JSON_COMPACT | JSON_REAL_PRECISION(15));
		c->any = true;
	}
	json_decref(event);
}

static void put_on(struct chrome *c, json_t *event, json_t *track)
{
	json_object_update(event, track);
	json_decref(track);
	chrome_put(c, event);
}

void chrome_slice(struct chrome *c, struct chrome_span at, json_t *track, json_t *name)
{
	put_on(c,
	       json_pack("{s:s,s:o,s:f,s:f}", "ph", "X", "name", name, "ts", at.from, "dur", at.to - at.from),
	       track);
}

void chrome_instant(struct chrome *c, double at, json_t *track, json_t *name)
{
	put_on(c, json_pack("{s:s,s:s,s:o,s:f}", "ph", "i", "s", "t", "name", name, "ts", at), track);
}

void chrome_name(struct chrome *c, const char *kind, json_t *track, json_t *name)
{
	put_on(c, json_pack("{s:s,s:s,s:{s:o}}", "ph", "M", "name", kind, "args", "name", name), track);
}

void chrome_name_cpus(struct chrome *c, unsigned cpus)
{
	char name[32];

	chrome_name(c, "process_name", chrome_cpu(0), json_string("CPUs"));
	for (unsigned cpu = 0; cpu < cpus; cpu++) {
		snprintf(name, sizeof(name), "CPU %u", cpu);
		chrome_name(c, "thread_name", chrome_cpu(cpu), json_string(name));
	}
}
