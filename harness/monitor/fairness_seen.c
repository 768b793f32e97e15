/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/fairness_seen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

static int add_target(struct fairness_seen *s, const char *word)
{
	struct fairness_target *t;
	int err;

	s->target = mem_grow(s->target, s->nr, sizeof(*s->target));
	t = &s->target[s->nr];
	err = fairness_target_parse(word, t);
	if (err)
		return err;
	s->nr++;
	for (unsigned i = 0; i + 1 < s->nr; i++)
		if (!strcmp(s->target[i].name, t->name))
			return log_err(-CAUSE_USAGE, "%s is given twice", t->name);
	return 0;
}

int fairness_seen_begin(struct fairness_seen *s, char *const *words)
{
	int err = 0;

	for (; *words && !err; words++)
		err = add_target(s, *words);
	if (!err && s->nr < 2)
		err = log_err(-CAUSE_USAGE, "give at least two targets: see 'scxbench fairness --help'");
	s->starved = mem_zalloc(s->nr + 1, sizeof(*s->starved));
	s->may = mem_zalloc(s->nr + 1, sizeof(*s->may));
	fairness_begin(&s->found, s->nr);
	return err;
}

int fairness_seen_watch(struct fairness_seen *s, double seconds)
{
	double pause = s->window_s / FAIRNESS_STEPS, begun = clock_s(), now = begun, next = begun;
	struct fairness_watch *w;
	int err = 0;

	s->cpus = sysconf(_SC_NPROCESSORS_ONLN);
	w = fairness_watch_begin(s->target, s->nr, s->cpus);
	/* At least one window, even if steps are late. */
	for (int step = 0; !interrupted() && (step <= FAIRNESS_STEPS || now - begun < seconds); step++) {
		clock_sleep_until(next);
		now = clock_s();
		next = fmax(next + pause, now + pause / 2); /* missed steps are not repeated */
		err = fairness_watch_step(w, now - begun, &s->found);
		if (err)
			break;
		s->seconds = now - begun;
	}
	for (unsigned i = 0; i < s->nr; i++) {
		s->starved[i] = fairness_watch_starved(w, i);
		s->may[i] = fairness_watch_cpus(w, i);
	}
	fairness_watch_end(w);
	return err == -CAUSE_NOT_FOUND && s->seconds > 0 ? 0 : err;
}

void fairness_seen_free(struct fairness_seen *s)
{
	for (unsigned i = 0; i < s->nr; i++)
		fairness_target_free(&s->target[i]);
	fairness_free(&s->found);
	free(s->starved);
	free(s->may);
	free(s->target);
}
