/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a night found, in at most ten lines: for the screen, a mail, and the hook. */
#include "nightly/nightly.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "judge/history.h"
#include "nightly/publish.h"
#include "record/role.h"
#include "store/store.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define MOST_CHANGES 2

/* The night is the one that showed it, and it is for the worse: of a policy, not of the machine. */
static bool is_news(const struct night *n, const struct history_series *s, const struct history_point *p)
{
	return !strcmp(s->night[p->change.seen].run->id, n->id) && !strcmp(history_side(s, p), "worse") &&
	       s->of_ratio && arm_of(s->policy, NULL) == ARM_POLICY;
}

static void put_cause(struct buf *b, const struct history_point *p)
{
	const struct history_difference *d = p->nr ? &p->difference[0] : NULL;

	if (d)
		buf_printf(b, "; there %s %.30s -> %.30s", d->key, d->was ? d->was : "absent",
			   d->is ? d->is : "absent");
	if (p->nr > 1)
		buf_printf(b, " and %zu more", p->nr - 1);
}

static void put_news(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char *rise = history_rise_text(s, p);

	buf_printf(b, "* %s %s: %s %s since %s, seen tonight", s->workload, s->metric, s->policy, rise,
		   s->night[p->change.at].run->id);
	put_cause(b, p);
	buf_put(b, "\n");
	free(rise);
}

/* The same of a share of lost samples. */
static bool is_lossy_news(const struct night *n, const struct history_loss *l, const struct count_change *c)
{
	return !strcmp(l->night[c->seen].run, n->id) && c->after > c->before &&
	       arm_of(l->policy, NULL) == ARM_POLICY;
}

/* Policies that lose more samples than before; *nr: lines so far, and then of these as well. */
static void put_losses(struct buf *b, const struct night *n, const struct history_losses *all, unsigned *nr)
{
	for (size_t i = 0; i < all->nr; i++) {
		const struct history_loss *l = &all->loss[i];

		for (size_t k = 0; k < l->nr_changes; k++) {
			const struct count_change *c = &l->change[k];

			if (is_lossy_news(n, l, c) && (*nr)++ < MOST_CHANGES)
				buf_printf(
					b,
					"* %s: %s lost %.3g %% of samples since %s, before %.3g %%, seen tonight\n",
					l->workload, l->policy, 100 * c->after, l->night[c->at].run,
					100 * c->before);
		}
	}
}

/* The changes of level and of losses that tonight showed; nr: how many. */
static char *changes_text(const struct night *n, const struct history *h, unsigned *nr)
{
	struct buf b = { 0 };

	*nr = 0;
	put_losses(&b, n, &h->losses, nr);
	for (size_t i = 0; i < h->nr; i++)
		for (size_t k = 0; k < h->series[i].nr_points; k++) {
			if (!is_news(n, &h->series[i], &h->series[i].point[k]))
				continue;
			if ((*nr)++ < MOST_CHANGES)
				put_news(&b, &h->series[i], &h->series[i].point[k]);
		}
	if (*nr > MOST_CHANGES)
		buf_printf(&b, "* and %u more series that changed\n", *nr - MOST_CHANGES);
	buf_put(&b, "");
	return buf_take_printable(&b);
}

static int make_history(const struct night *n, struct history *h)
{
	struct store_filter filter = { .comparisons = true, .primary_only = true };
	struct store *store = NULL;
	struct run run = { 0 };
	int err = store_open_in(n->results, STORE_READ, &store);

	if (!err)
		err = store_load_run(store, n->id, &run);
	filter.host = run.host;
	if (!err)
		err = history_make(store, &filter, h);
	run_free(&run);
	store_close(store);
	return err;
}

/* A case of its own in the gate's file, so that a CI server sees it, too. */
static int add_to_junit(const struct night *n, const char *changes, unsigned nr)
{
	static const char end[] = "</testsuites>";
	char *path = mem_printf("%s/" PUBLISH_JUNIT, n->dir), *text = NULL, *at = NULL;
	struct buf b = { 0 };
	int err = fs_exists(path) ? fs_read(path, &text, NULL) : 0;

	if (text)
		at = strstr(text, end);
	if (at) {
		buf_printf(&b, "%.*s", (int)(at - text), text);
		buf_printf(&b, "  <testsuite name=\"scxbench history %s\" tests=\"1\" failures=\"%d\">\n",
			   n->id, nr > 0);
		buf_put(&b, "    <testcase classname=\"history\" name=\"levels\">");
		if (nr) {
			buf_put(&b, "<failure message=\"");
			buf_html(&b, changes);
			buf_put(&b, "\" type=\"change\"/>");
		}
		buf_printf(&b, "</testcase>\n  </testsuite>\n%s\n", end);
		err = fs_save(path, b.text);
	}
	free(b.text);
	free(text);
	free(path);
	return err;
}

int night_history(struct night *n)
{
	struct history h = { 0 };
	unsigned nr;
	int err = make_history(n, &h);

	if (!err) {
		n->changes = changes_text(n, &h, &nr);
		n->worse = nr > 0;
		err = add_to_junit(n, n->changes, nr);
	}
	history_free(&h);
	return err ? exit_code_of(err) : n->worse ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}

/* The gate's part; without one it could not judge, and has said why. */
static char *gate_text(const struct night *n)
{
	char *path = mem_printf("%s/" PUBLISH_BRIEF, n->dir), *text = NULL;

	if (!fs_exists(path) || fs_read(path, &text, NULL))
		text = mem_strdup("The gate could not judge this night.\n");
	unlink(path);
	free(path);
	return text;
}

static void put_page(struct buf *b, const struct night *n)
{
	if (n->published)
		buf_printf(b, "%s/index.html\n", n->published);
	else if (n->reported)
		buf_printf(b, "%s/report/%s/index.html\n", n->results, n->id);
}

int night_message(struct night *n)
{
	char *path = mem_printf("%s/" PUBLISH_MAIL, n->dir), *gate = gate_text(n), host[65] = "";
	struct buf b = { 0 };
	int err;

	gethostname(host, sizeof(host) - 1);
	buf_printf(&b, "scxbench %s, night %s: %s\n", host, n->id, night_verdict(n));
	buf_printf(&b, "%s%s", gate, n->changes ? n->changes : "");
	put_page(&b, n);
	err = fs_save(path, b.text);
	if (err)
		log_err(err, "%s can't be written: %s", path, strerror(-err));
	fputs(b.text, stdout);
	fflush(stdout);
	free(b.text);
	free(gate);
	free(path);
	return err ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}
