/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/measure.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bisect/build.h"
#include "bisect/policy_text.h"
#include "judge/turns.h"
#include "plan/plan.h"
#include "record/json.h"
#include "record/role.h"
#include "run/bench.h"
#include "run/session.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/mem.h"

#define STEP_SCHEMA 1
#define HOPELESS 2 /* blocks without a value of an arm */

static json_t *arm_json(const struct bisection *job, const struct step_arm *arm)
{
	char *path = build_path(job, arm->hash);
	json_t *object = json_pack("{s:s,s:s,s:s,s:s}", "name", arm->name, "before", job->policy.before,
				   "path", path, "after", job->policy.after);

	free(path);
	return object;
}

int step_write(const struct bisection *job, const struct step *step, const char *path)
{
	json_t *arms = json_array();

	for (unsigned i = 0; i < step->nr_arms; i++)
		json_array_append_new(arms, arm_json(job, &step->arm[i]));
	return json_write(path, json_pack("{s:i,s:s,s:s,s:s,s:i,s:i,s:i,s:f,s:o}", "schema", STEP_SCHEMA,
					  "id", job->id, "run", step->run, "workload", job->workload,
					  "blocks", (int)step->blocks, "aim", (int)step->aim, "direction",
					  step->direction, "level", step->level, "arms", arms));
}

char *step_run(const char *path)
{
	struct json_doc doc;
	char *run;

	if (access(path, F_OK) || json_open(path, STEP_SCHEMA, &doc))
		return NULL;
	run = json_get_text(&doc, doc.root, "run");
	json_close(&doc);
	return run;
}

/* The same, read again. */
struct measuring {
	struct bench b; /* first: its purpose's functions get it */
	char *id, *run, *workload, *policy[STEP_MOST_ARMS];
	unsigned nr_arms, blocks;
	enum step_aim aim;
	int direction;
	double level;
};

static void read_arm(struct json_doc *doc, const json_t *arm, const char *results, struct measuring *m)
{
	struct policy_text text = { json_get_text(doc, arm, "before"), json_get_text(doc, arm, "path"),
				    json_get_text(doc, arm, "after") };
	char *name = json_get_text(doc, arm, "name"), *path = mem_printf("%s/%s", results, text.path);

	m->policy[m->nr_arms++] = policy_text_join(name, &text, path);
	policy_text_free(&text);
	free(name);
	free(path);
}

static int step_read(const char *path, const char *results, struct measuring *m)
{
	struct json_doc doc;
	const json_t *arms, *arm;
	size_t i;
	int err = json_open(path, STEP_SCHEMA, &doc);

	if (err)
		return err;
	m->id = json_get_text(&doc, doc.root, "id");
	m->run = json_get_text(&doc, doc.root, "run");
	m->workload = json_get_text(&doc, doc.root, "workload");
	m->blocks = (unsigned)json_get_int(&doc, doc.root, "blocks");
	m->aim = (enum step_aim)json_get_int(&doc, doc.root, "aim");
	m->direction = (int)json_get_int(&doc, doc.root, "direction");
	m->level = json_get_double(&doc, doc.root, "level");
	arms = json_get_array(&doc, doc.root, "arms");
	json_array_foreach (arms, i, arm)
		if (i < STEP_MOST_ARMS)
			read_arm(&doc, arm, results, m);
	return json_close(&doc);
}

static char *step_command(const struct bench *b)
{
	return mem_printf("scxbench bisect --resume %s", ((const struct measuring *)b)->id);
}

/* What becomes of a sample is looked at when the turn is taken. */
static bool never_failed(const struct record *r)
{
	(void)r;
	return false;
}

static int show_nothing(const struct bench *b, struct store *store)
{
	(void)b, (void)store;
	return 0;
}

static bool has_value(const double *value, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if (isfinite(value[i]))
			return true;
	return false;
}

/* The end of the run in words, which its page shows. */
static char *step_enough(const struct bench *b, const double *value, unsigned planned, unsigned block)
{
	const struct measuring *m = (const struct measuring *)b;
	const struct turn_values v = { value, value + planned, value + 2UL * planned, block };
	enum turn turn;

	for (unsigned i = 0; i < m->nr_arms && block >= HOPELESS; i++)
		if (!has_value(value + (size_t)i * planned, block))
			return mem_printf("%s has no data point after %u blocks", b->policy[i].text, block);
	if (m->aim == AIM_ENDS && turns_direction(&v, m->level))
		return mem_printf("GOOD and BAD differ after %u blocks", block);
	turn = m->aim == AIM_TURN ? turns_take(&v, m->direction, m->level) : TURN_OPEN;
	return turn == TURN_OPEN
		       ? NULL
		       : mem_printf("like %s after %u blocks", turn == TURN_BAD ? "BAD" : "GOOD", block);
}

static const struct plan_kind kind = { .name = RUN_BISECT_PLAN, .warmup = true, .bare = true };
static const struct purpose purpose = {
	.plan = &kind,
	.command = step_command,
	.failed = never_failed,
	.retakes = true,
	.show = show_nothing,
	.enough = step_enough,
};

/* A run that was killed before its first file leaves an empty folder. */
static int resume_or_begin(struct measuring *m)
{
	char *dir = mem_printf("%s/runs/%s", m->b.opt.results, m->run),
	     *file = mem_printf("%s/run.json", dir);
	struct bench_options *o = &m->b.opt;
	int err = 0;

	if (fs_exists(file)) {
		o->resume = m->run;
	} else {
		err = fs_remove_tree(dir);
		o->run_id = m->run;
		o->blocks = m->blocks;
		o->baseline = m->aim == AIM_FOUND ? "parent" : "good";
		o->workload[0] = m->workload;
		for (unsigned i = 0; i < m->nr_arms; i++)
			o->policy[i] = m->policy[i];
	}
	free(dir);
	free(file);
	return err;
}

int step_measure(const char *path, const char *results, const char *where)
{
	static struct measuring m;
	int err = step_read(path, results, &m), code;

	m.b.verb = "bisect";
	m.b.purpose = &purpose;
	m.b.opt.results = results;
	m.b.opt.where = where;
	m.b.opt.files_only = m.b.opt.no_instrumented = true;
	if (!err)
		err = resume_or_begin(&m);
	code = err ? exit_code_of(err) : session_main(&m.b);
	for (unsigned i = 0; i < m.nr_arms; i++)
		free(m.policy[i]);
	free(m.id);
	free(m.run);
	free(m.workload);
	return code;
}
