/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/pages.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/exports.h"
#include "judge/before.h"
#include "judge/caption.h"
#include "judge/history.h"
#include "judge/runs.h"
#include "report/history_page.h"
#include "report/index.h"
#include "report/page.h"
#include "report/report.h"
#include "report/section.h"
#include "report/versus_page.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

char *pages_dir(const struct pages *p)
{
	return p->dir ? mem_strdup(p->dir) : mem_printf("%s/report", p->results);
}

bool pages_wanted(const struct pages *p)
{
	char *dir = pages_dir(p);
	bool may = p->dir || !access(fs_exists(dir) ? dir : p->results, W_OK | X_OK);

	if (!may)
		log_warn(
			"no page is written, for you may not write to %s: 'scxbench report --output DIR' writes "
			"the pages to another folder",
			dir);
	free(dir);
	return may;
}

/* Of its latest run. A run that can't be read says nothing of its machine. */
static void add_machine(struct store *store, const struct store_line *l, struct index_machine **list,
			size_t *nr)
{
	struct run run;

	for (size_t i = 0; i < *nr; i++)
		if (!strcmp((*list)[i].host, l->host))
			return;
	if (store_load_run(store, l->id, &run))
		return;
	*list = mem_grow(*list, *nr, sizeof(**list));
	(*list)[(*nr)++] = (struct index_machine){ l->host, caption_hardware(&run) };
	run_free(&run);
}

static int write_runs(const struct pages *p, const struct store_line *line, size_t nr, const char *dir)
{
	struct index_machine *machine = NULL;
	size_t nr_machines = 0;
	int err;

	for (size_t i = 0; i < nr; i++)
		if (line[i].host)
			add_machine(p->store, &line[i], &machine, &nr_machines);
	err = index_write_runs(p->home, &(struct index_runs){ line, nr, machine, nr_machines }, dir);
	for (size_t i = 0; i < nr_machines; i++)
		free(machine[i].hardware);
	free(machine);
	return err;
}

int pages_runs(const struct pages *p)
{
	char *dir = pages_dir(p);
	struct store_line *line;
	size_t nr;
	int err = store_list(p->store, NULL, &line, &nr);

	if (!err) {
		err = write_runs(p, line, nr, dir);
		store_list_free(line, nr);
	}
	free(dir);
	return err;
}

int pages_custody(const struct pages *p, bool *made)
{
	char *dir = pages_dir(p);
	struct store_run *run;
	size_t nr;
	int err = runs_custody(p->store, NULL, &nr, &run);

	*made = !err && nr;
	if (*made)
		err = report_custody_write(p->home, run, nr, dir);
	runs_free(run, nr);
	free(dir);
	return !err && *made ? pages_runs(p) : err;
}

/* When it was last written; 0: it is missing or empty, like the log that opening a store begins. */
static int64_t written_ns(const char *dir, const char *name)
{
	char *path = mem_printf("%s/%s", dir, name);
	struct stat st;
	int64_t ns =
		stat(path, &st) || !st.st_size ? 0 : st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec;

	free(path);
	return ns;
}

/* Nothing was stored since, the program is not newer, and the links match the existing pages. */
static bool history_is_fresh(const struct pages *p, const char *dir)
{
	int64_t page = written_ns(dir, "history.html");
	char *path = mem_printf("%s/history.html", dir), *nav = page_nav(dir, "", "history.html"),
	     *text = NULL;
	bool fresh = page > written_ns(p->results, "scxbench.db") &&
		     page > written_ns(p->results, "scxbench.db-wal") &&
		     page > written_ns("/proc/self", "exe") && !fs_read(path, &text, NULL) &&
		     strstr(text, nav);

	free(text);
	free(nav);
	free(path);
	return fresh;
}

static int make_history(const struct pages *p, const char *dir)
{
	const struct store_filter filter = { .primary_only = true, .comparisons = true };
	struct history h;
	bool several = false;
	int err = history_make(p->store, &filter, &h);

	for (size_t i = 0; i < h.nr; i++)
		several |= h.series[i].nr > 1;
	if (!err && several)
		err = history_page(p->home, &h, dir);
	history_free(&h);
	return err;
}

/* With a thousand nights it takes seconds, so it is not made again when it has the run already. */
int pages_history(const struct pages *p)
{
	char *dir = pages_dir(p);
	int err = history_is_fresh(p, dir) ? 0 : make_history(p, dir);

	free(dir);
	return err;
}

/* The comparison before this one on the same machine. false: no readable one. */
static bool load_previous(struct store *store, const struct run *run, struct run *previous)
{
	const struct store_pick pick = { .before = run->id, .comparisons = true };
	char *id = NULL;
	bool found = run->host && store_pick(store, &pick, &id) > 0 && !store_load_run(store, id, previous);

	free(id);
	return found;
}

/* The page of both, beside the run's. */
static int write_two(const struct pages *p, const struct versus_view *view, const char *out)
{
	char *path = mem_printf("%s/" BEFORE_PAGE, out), *dir = pages_dir(p), *text;
	char *above = page_nav(dir, "../", ""),
	     *nav = mem_printf("<a href=\"index.html\">The later of the two</a>\n%s", above),
	     *command = mem_printf("scxbench compare %s %s --html", view->spec->a->run->run.id,
				   view->spec->b->run->run.id);
	const struct versus_page page = { .view = view, .command = command, .nav = nav };
	int err = fs_make_dir(out);

	if (!err)
		err = versus_page(p->home, &page, &text);
	if (!err) {
		err = fs_save(path, text);
		free(text);
	}
	free(command);
	free(nav);
	free(above);
	free(dir);
	free(path);
	return err;
}

/* perf's output and the recorded switches are in the run's files. An imported run has no such files. */
static int write_run(const struct pages *p, const struct store_run *run, const struct report_before *before,
		     const char *out)
{
	char *files = mem_printf("%s/runs/%s", p->results, run->run.id);
	int err = export_perf(files, out, run->run.emulated);

	if (!err)
		err = export_switches(files, out);
	if (!err && before->versus)
		err = write_two(p, before->versus, out);
	if (!err)
		err = report_write(p->home, run, before, out);
	free(files);
	return err;
}

/* Against another baseline than its own it is not compared with another run. */
static int write_with_before(const struct pages *p, const struct store_run *run, const char *out)
{
	struct run previous;
	bool any = load_previous(p->store, &run->run, &previous);
	struct before b = { 0 };
	int err = p->baseline ? 0 : before_load(p->store, &run->run, &b);

	if (!err)
		err = write_run(p, run,
				&(struct report_before){ any ? &previous : NULL, b.any ? &b.view : NULL },
				out);
	before_free(&b);
	if (any)
		run_free(&previous);
	return err;
}

int pages_run(const struct pages *p, const struct store_run *run)
{
	char *dir = pages_dir(p), *out = mem_printf("%s/%s", dir, run->run.id);
	int err = write_with_before(p, run, out);

	if (!err)
		err = index_write_latest(p->home, run, dir);
	if (!err)
		err = pages_runs(p);
	free(out);
	free(dir);
	return err;
}
