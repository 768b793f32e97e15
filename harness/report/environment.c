/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where and when the run was taken, the machine's settings, and which of them differ from the run before. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "judge/differ.h"
#include "judge/spent.h"
#include "record/env_key.h"
#include "report/section.h"
#include "topology/topology.h"
#include "text/buf.h"
#include "text/table.h"

static const char *known(const struct run *run, const char *key, const char *otherwise)
{
	const char *value = run_env_known(run, key);

	return value ? value : otherwise;
}

static void put_date(struct buf *b, int64_t ns)
{
	time_t seconds = ns / 1000000000;
	char text[32];
	struct tm tm;

	if (ns > 0 && gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), ", %Y-%m-%d %H:%M UTC", &tm))
		buf_put(b, text);
}

void section_where(struct buf *b, const struct view *v)
{
	const struct run *run = &v->cmp->run->run;
	const char *hypervisor = known(run, ENV_HYPERVISOR, "none");
	char *spent = spent_text(v->cmp->run);

	buf_put(b, "<p class=\"how\">");
	buf_htmlf(b, "On %s",
		  v->machine && *v->machine->model ? v->machine->model
						   : known(run, ENV_CPU, "a machine without a name"));
	if (v->machine)
		buf_htmlf(b, " (%s)", topology_line(v->machine));
	if (strcmp(hypervisor, "none"))
		buf_htmlf(b, ", under %s", hypervisor);
	buf_htmlf(b, ", Linux %s, %s", known(run, ENV_KERNEL, "of unknown version"),
		  known(run, ENV_DISTRIBUTION, "unknown distribution"));
	put_date(b, run->started_ns);
	if (run_env(run, ENV_VERSION))
		buf_htmlf(b, ", by scxbench %s", run_env(run, ENV_VERSION));
	if (spent)
		buf_printf(b, ". %s", spent);
	buf_put(b, "</p>\n");
	free(spent);
}

void section_environment(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "value", NULL };
	const struct run *run = &v->cmp->run->run;

	table_begin(b, "The settings when the run began");
	table_head(b, "what", heads);
	for (size_t i = 0; i < run->nr_env; i++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, run->env[i].key);
		buf_put(b, "</th><td class=\"text\">");
		buf_html(b, run->env[i].value);
		buf_put(b, "</td></tr>\n");
	}
	table_end(b);
}

static void put_difference(struct buf *b, const struct difference *d)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, d->key);
	buf_put(b, "</th><td class=\"text\">");
	buf_html(b, d->a);
	buf_put(b, "</td><td class=\"text\">");
	buf_html(b, d->b);
	buf_put(b, "</td></tr>\n");
}

void differences_html(struct buf *b, const struct differences *d, const char *caption, char *const *heads)
{
	if (!d->nr)
		return;
	table_begin(b, caption);
	table_head(b, "what", heads);
	for (size_t i = 0; i < d->nr; i++)
		put_difference(b, &d->item[i]);
	table_end(b);
}

void section_differences(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "then", "in this run", NULL };
	const struct run *previous = v->before ? v->before->previous : NULL;
	struct differences d;

	if (!previous) {
		buf_put(b, "<p>The store has no earlier run of this machine to compare its settings "
			   "with.</p>\n");
		return;
	}
	differ_make(previous, &v->cmp->run->run, &d);
	buf_put(b, "<p>");
	buf_htmlf(b, "The run before on this machine is %s: ", previous->id);
	if (d.nr)
		buf_printf(b, "%zu thing%s changed since then.</p>\n", d.nr, d.nr == 1 ? " has" : "s have");
	else
		buf_put(b, "nothing has changed since then.</p>\n");
	differences_html(b, &d, "What differs from the run before", heads);
	differ_free(&d);
}
