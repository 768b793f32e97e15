/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/bisect.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bisect/build.h"
#include "bisect/measure.h"
#include "bisect/take.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "workload/workload.h"

/* GOOD or BAD: without them nothing can be compared. */
static int build_end(struct bisect *b, const char *name, const char *hash)
{
	char *why;
	int err = build_commit(&b->job, hash, &why);

	if (err == 1)
		err = log_err(-CAUSE_CANT, "%s, commit %.12s, can't be built: %s", name, hash, why);
	free(why);
	return err;
}

static int take_ends(struct bisect *b)
{
	int err = build_end(b, "GOOD", b->job.good) ?: build_end(b, "BAD", b->job.bad);

	if (err)
		return err;
	if (build_same(&b->job, b->job.good, b->job.bad)) {
		b->ends.why = mem_strdup("the same file as that of GOOD");
		b->ends.kind = ENTRY_SAME;
		return 0;
	}
	return take_direction(b);
}

static const struct entry *entry_of(const struct bisect *b, const char *hash)
{
	for (size_t i = 0; i < b->nr_entries; i++)
		if (!strcmp(b->entry[i].hash, hash))
			return &b->entry[i];
	return NULL;
}

/* GOOD and what is like it. The caller's to free. */
static const char **list_good(const struct bisect *b)
{
	const char **list = mem_zalloc(b->nr_entries + 2, sizeof(*list));
	size_t nr = 0;

	list[nr++] = b->job.good;
	for (size_t i = 0; i < b->nr_entries; i++)
		if (b->entry[i].turn == TURN_GOOD)
			list[nr++] = b->entry[i].hash;
	return list;
}

static int look_what_is_left(struct bisect *b)
{
	const char **good = list_good(b);
	int err;

	git_list_free(b->left);
	err = git_left(&b->range, b->bad, good, &b->left);
	free(good);
	return err;
}

/* What to measure next; NULL: nothing is left, or all of it was skipped. */
static const char *next_commit(const struct bisect *b)
{
	for (char **hash = b->left; *hash; hash++)
		if (strcmp(*hash, b->bad) != 0 && !entry_of(b, *hash))
			return *hash;
	return NULL;
}

static bool is_same(const struct bisect *b, struct entry *e, const char *hash, enum turn turn)
{
	if (turn == TURN_OPEN || !build_same(&b->job, e->hash, hash))
		return false;
	e->kind = ENTRY_SAME;
	e->turn = turn;
	e->why = mem_printf("the same file as that of %.12s", hash);
	return true;
}

/* A file that was judged before is not measured again. */
static bool is_known(const struct bisect *b, struct entry *e)
{
	bool known = is_same(b, e, b->job.good, TURN_GOOD) || is_same(b, e, b->job.bad, TURN_BAD);

	for (size_t i = 0; i < b->nr_entries && !known; i++)
		known = is_same(b, e, b->entry[i].hash, b->entry[i].turn);
	return known;
}

static const char *entry_word(const struct entry *e)
{
	return e->turn == TURN_GOOD ? "like GOOD" : e->turn == TURN_BAD ? "like BAD" : "skipped";
}

static void add_entry(struct bisect *b, const struct entry *e)
{
	b->entry = mem_grow(b->entry, b->nr_entries, sizeof(*b->entry));
	b->entry[b->nr_entries++] = *e;
	if (e->turn == TURN_BAD)
		snprintf(b->bad, sizeof(b->bad), "%s", e->hash);
	if (!b->said)
		log_info("commit %.12s: %s%s%s", e->hash, entry_word(e), e->why ? ": " : "",
			 e->why ? e->why : "");
}

/* Measured to the end of its blocks, and neither: the bisection ends here. */
static bool is_undecided(const struct entry *e)
{
	return e->kind == ENTRY_MEASURED && e->turn == TURN_OPEN;
}

static int take_commit(struct bisect *b, const char *hash)
{
	struct entry e = { .kind = ENTRY_UNBUILT, .ratio = NAN, .low = NAN, .high = NAN };
	int err;

	snprintf(e.hash, sizeof(e.hash), "%s", hash);
	err = build_commit(&b->job, hash, &e.why);
	if (err == 1)
		err = 0;
	else if (!err && !is_known(b, &e))
		err = take_turn(b, &e);
	if (!err) {
		add_entry(b, &e);
		return 0;
	}
	free(e.run);
	free(e.why);
	return err;
}

/* Until one commit is left, or no turn can be taken. */
static int halve(struct bisect *b)
{
	const char *hash;
	int err;

	while (!(err = look_what_is_left(b)) && (hash = next_commit(b))) {
		if (interrupted())
			return -CAUSE_INTERRUPTED;
		err = take_commit(b, hash);
		if (err)
			return err;
		if (is_undecided(&b->entry[b->nr_entries - 1])) {
			b->end = END_OPEN;
			return 0;
		}
	}
	b->end = b->left && b->left[0] && b->left[1] ? END_SKIPPED : END_FOUND;
	return err;
}

/* The answer beside its parent, where that can be built. */
static int show_found(struct bisect *b)
{
	int err = git_about(b->job.dir, b->bad, &b->about) ?: git_parent(b->job.dir, b->bad, b->parent);

	if (!err)
		err = build_commit(&b->job, b->parent, &b->found.why);
	if (err)
		return err == 1 ? 0 : err;
	return take_found(b);
}

static int bisect_run(struct bisect *b)
{
	int err = take_ends(b);

	if (!err && !b->direction)
		b->end = END_NO_DIFFERENCE;
	else if (!err)
		err = halve(b);
	if (!err && b->end == END_FOUND && b->direction)
		err = show_found(b);
	return err;
}

/* Before anything is built for it. */
static int check_workload(const char *name)
{
	struct nearest near = { .word = name };
	struct workload *list;
	bool found = false;
	int err = workload_list(home_dir(), NULL, NULL, &list);

	if (err)
		return err;
	for (struct workload *w = list; w->name; w++) {
		found |= !strcmp(w->name, name);
		nearest_try(&near, w->name);
	}
	if (!found)
		err = log_err(-CAUSE_NOT_FOUND, "no workload named '%s'%s 'scxbench list' names all", name,
			      nearest_ask(&near));
	workload_list_free(list);
	return err;
}

static int bisect_begin(struct bisect *b, const struct bisect_ask *ask)
{
	int err;

	b->ask = ask;
	git_begin();
	err = ask->workload ? check_workload(ask->workload) : 0;
	if (!err)
		err = bisection_make(ask, &b->job);
	if (!err)
		err = bisection_lock(&b->job);
	if (!err)
		err = git_borrow(b->job.dir, b->job.repo, b->job.good);
	b->range = (struct git_range){ b->job.dir, b->job.first_parent };
	if (!err)
		err = git_count(&b->range, b->job.good, b->job.bad, &b->commits);
	b->most = turns_most(b->commits);
	snprintf(b->bad, sizeof(b->bad), "%s", b->job.bad);
	snprintf(b->ends.hash, sizeof(b->ends.hash), "%s", b->job.bad);
	b->said = ask->step ? step_run(ask->step) : NULL;
	if (!err && !b->said)
		log_info("bisection %s: %u commits, at most %u turns", b->job.id, b->commits, b->most);
	return err;
}

static void bisect_free(struct bisect *b)
{
	for (size_t i = 0; i < b->nr_entries; i++) {
		free(b->entry[i].run);
		free(b->entry[i].why);
	}
	free(b->entry);
	free(b->ends.run);
	free(b->ends.why);
	free(b->found.run);
	free(b->found.why);
	free(b->metric);
	free(b->said);
	git_list_free(b->left);
	git_about_free(&b->about);
	bisection_free(&b->job);
}

static void bisect_print(const struct bisect *b)
{
	char *text = b->ask->json ? bisect_json(b) : bisect_text(b, grid_terminal());

	log_progress_end();
	printf("%s%s", text, b->ask->json ? "\n" : "");
	free(text);
}

int bisect_main(const struct bisect_ask *ask)
{
	struct bisect b = { .end = END_FOUND };
	int err, code;

	interrupt_catch();
	err = bisect_begin(&b, ask);
	if (!err)
		err = bisect_run(&b);
	if (!err)
		bisect_print(&b);
	code = err > 0		    ? err
	       : err		    ? exit_code_of(err)
	       : b.end == END_FOUND ? EXIT_CODE_OK
				    : EXIT_CODE_INCONCLUSIVE;
	if (code == EXIT_CODE_INTERRUPTED && b.job.id)
		log_warn("interrupted: what was measured is kept; 'scxbench bisect --resume %s' continues",
			 b.job.id);
	bisect_free(&b);
	return code;
}
