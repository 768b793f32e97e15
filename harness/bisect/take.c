/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/take.h"

#include <stdlib.h>
#include <string.h>

#include "bisect/measure.h"
#include "bisect/samples.h"
#include "util/cause.h"
#include "util/child.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/mem.h"

#define FOUND_BLOCKS 15 /* as a plan that decides has */

enum { GOOD, BAD, MID }; /* arms */

/* One that was killed has failed, and is gone on with next time. */
static int measure_here(const struct bisect *b, const char *path)
{
	struct child c = { 0 };
	int code;

	setenv(STEP_VARIABLE, path, 1);
	child_self(&c, "bisect");
	child_arg(&c, "--results");
	child_arg(&c, b->job.results);
	child_arg(&c, "--where");
	child_arg(&c, b->ask->where);
	code = child_run(&c, "/dev/null"); /* its files are its result */
	return code <= EXIT_CODE_INTERRUPTED ? code : EXIT_CODE_FAILED;
}

static int measure_step(const struct bisect *b, const struct step *step)
{
	char *own = mem_printf("%s/step.json", b->job.dir);
	const char *path = b->ask->step ? b->ask->step : own;
	int err = step_write(&b->job, step, path);

	if (!err)
		err = guest_ahead() ? EXIT_CODE_GUEST : measure_here(b, path);
	free(own);
	return err;
}

/* The run's samples, taken now if they are not there. */
static int take_run(struct bisect *b, const struct step *step, struct samples *s)
{
	int err = samples_taken(&b->job, step->run) ? 0 : measure_step(b, step);

	if (!err)
		err = samples_load(&b->job, step->run, s);
	if (!err && !b->metric)
		b->metric = samples_metric(s);
	if (b->said && !strcmp(b->said, step->run)) {
		free(b->said);
		b->said = NULL;
	}
	if (!err)
		b->emulated |= s->run.run.emulated;
	return err;
}

static struct turn_values values_of(const struct samples *s)
{
	const struct cell *mid = s->c.nr_policies > MID ? compare_cell(&s->c, 0, MID) : NULL;

	return (struct turn_values){ compare_cell(&s->c, 0, GOOD)->value, compare_cell(&s->c, 0, BAD)->value,
				     mid ? mid->value : NULL, s->c.nr_blocks + 1 };
}

/* GOOD or BAD does not even run. */
static int lost_end(const struct samples *s)
{
	static const char *const name[] = { "GOOD", "BAD" };
	enum status status;
	char *why;

	for (unsigned arm = GOOD; arm <= BAD; arm++)
		if (samples_lost(s, arm, &status, &why)) {
			log_err(-CAUSE_CANT, "%s can't be measured: %s", name[arm], why);
			free(why);
			return -CAUSE_CANT;
		}
	return 0;
}

int take_direction(struct bisect *b)
{
	double level = turns_level(b->job.risk, b->most, 0);
	struct step step = { .aim = AIM_ENDS,
			     .arm = { { "good", b->job.good }, { "bad", b->job.bad } },
			     .nr_arms = 2,
			     .blocks = b->job.blocks,
			     .level = level,
			     .run = bisection_run(&b->job, "ends") };
	struct samples s;
	int err = take_run(b, &step, &s);

	b->ends.run = step.run;
	if (err)
		return err;
	err = lost_end(&s);
	if (!err) {
		struct turn_values v = values_of(&s);

		b->direction = turns_direction(&v, level);
		samples_ratio(&s, (const unsigned[]){ BAD, GOOD }, false, &b->ends);
	}
	samples_free(&s);
	return err;
}

static void judge_turn(struct bisect *b, const struct samples *s, double level, struct entry *e)
{
	struct turn_values v = values_of(s);
	enum status status;

	e->kind = ENTRY_MEASURED;
	samples_ratio(s, (const unsigned[]){ MID, GOOD }, false, e);
	if (samples_lost(s, MID, &status, &e->why)) {
		e->kind = ENTRY_LOST;
		e->turn = b->job.is_bad[status] ? TURN_BAD : TURN_OPEN;
		return;
	}
	e->turn = turns_take(&v, b->direction, level);
	b->turns += e->turn != TURN_OPEN;
}

int take_turn(struct bisect *b, struct entry *e)
{
	double level = turns_level(b->job.risk, b->most, b->turns + 1);
	char *name = mem_printf("c-%.12s", e->hash);
	struct step step = { .aim = AIM_TURN,
			     .arm = { { "good", b->job.good }, { "bad", b->job.bad }, { name, e->hash } },
			     .nr_arms = 3,
			     .blocks = b->job.blocks,
			     .level = level,
			     .direction = b->direction,
			     .run = bisection_run(&b->job, e->hash) };
	struct samples s;
	int err = take_run(b, &step, &s);

	e->run = step.run;
	free(name);
	if (err)
		return err;
	judge_turn(b, &s, level, e);
	samples_free(&s);
	return 0;
}

int take_found(struct bisect *b)
{
	struct step step = { .aim = AIM_FOUND,
			     .arm = { { "parent", b->parent }, { "found", b->bad } },
			     .nr_arms = 2,
			     .blocks = b->job.blocks < FOUND_BLOCKS ? b->job.blocks : FOUND_BLOCKS,
			     .run = bisection_run(&b->job, "found") };
	struct samples s;
	int err = take_run(b, &step, &s);

	b->found.run = step.run;
	if (err)
		return err;
	samples_ratio(&s, (const unsigned[]){ BAD, GOOD }, true, &b->found);
	samples_free(&s);
	return 0;
}
