/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of a night that work on what it measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "util/child.h"
#include "util/cause.h"
#include "nightly/nightly.h"
#include "nightly/publish.h"
#include "judge/regress.h"
#include "store/store.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

/* A run that did not end well is not a baseline, whatever the gate says of what it has. */
static bool blesses(const struct night *n)
{
	return n->bench == EXIT_CODE_OK && !strcmp(night_conf_text(&n->conf, NIGHT_BLESS), "yes");
}

static void pass_thresholds(const struct night *n, struct child *c)
{
	for (size_t i = 0; i < n->conf.nr; i++)
		if (n->conf.value[i].key == NIGHT_THRESHOLD) {
			child_arg(c, "--threshold");
			child_arg(c, n->conf.value[i].text);
		}
}

static int run_regress(const struct night *n, const char *page, const char *junit)
{
	const char *nights = night_conf_text(&n->conf, NIGHT_NIGHTS);
	struct child c = { 0 };

	child_self(&c, "regress");
	child_arg(&c, "--results");
	child_arg(&c, n->results);
	child_arg(&c, nights ? "--nights" : "--baseline");
	child_arg(&c, nights ? nights : night_conf_text(&n->conf, NIGHT_BASELINE));
	pass_thresholds(n, &c);
	child_arg(&c, "--junit");
	child_arg(&c, junit);
	child_arg(&c, blesses(n) ? "--bless" : "--record");
	child_arg(&c, n->id);
	return child_run(&c, page);
}

/* A night with only good samples, on a machine without last-good, is the first one. */
static int begin_history(const struct night *n)
{
	struct store_pick good = { .tag = REGRESS_LAST_GOOD };
	struct store *store = NULL;
	struct run run = { 0 };
	char *id = NULL;
	int err = store_open_in(n->results, false, &store);

	if (!err)
		err = store_load_run(store, n->id, &run);
	good.host = run.host;
	if (!err && !store_pick(store, &good, &id)) {
		err = store_tag(store, n->id, REGRESS_LAST_GOOD);
		if (!err)
			log_info("there was no " REGRESS_LAST_GOOD
				 " run of this machine: this night is the first");
	}
	free(id);
	run_free(&run);
	store_close(store);
	return err;
}

/* Prints the page, and keeps it if there is a judgement. */
static void nightly_results_show(const char *page)
{
	char *text;

	if (!fs_read(page, &text, NULL))
		fputs(text, stdout);
	fflush(stdout);
	if (text && !*text)
		unlink(page);
	free(text);
}

int night_gate(struct night *n)
{
	char *page = mem_printf("%s/" PUBLISH_PAGE, n->dir), *junit = mem_printf("%s/" PUBLISH_JUNIT, n->dir);

	n->gate = run_regress(n, page, junit);
	nightly_results_show(page);
	if (n->gate == EXIT_CODE_INCONCLUSIVE && blesses(n) && begin_history(n))
		n->gate = EXIT_CODE_FAILED;
	free(page);
	free(junit);
	return n->gate;
}

int night_report(struct night *n)
{
	struct child c = { 0 };
	int code;

	child_self(&c, "report");
	child_arg(&c, "--results");
	child_arg(&c, n->results);
	child_arg(&c, n->id);
	code = child_run(&c, NULL);
	n->reported = code == EXIT_CODE_OK;
	return code;
}

int night_publish(struct night *n)
{
	const char *to = night_conf_text(&n->conf, NIGHT_PUBLISH);
	int err;

	if (!to || !n->reported)
		return EXIT_CODE_OK;
	err = publish_report(n->results, n->id, to);
	if (err)
		return EXIT_CODE_FAILED;
	n->published = mem_printf("%s/%s", to, n->id);
	printf("%s/index.html\n", n->published);
	return EXIT_CODE_OK;
}

int night_hook(struct night *n)
{
	static const char *const verdict[] = { [EXIT_CODE_OK] = "pass",
					       [EXIT_CODE_FAILED] = "regression",
					       [EXIT_CODE_INCONCLUSIVE] = "inconclusive" };
	const char *hook = night_conf_text(&n->conf, NIGHT_HOOK);
	bool judged = n->gate >= 0 && n->gate <= EXIT_CODE_INCONCLUSIVE && verdict[n->gate];
	char *report = mem_printf("%s/report/%s", n->results, n->id);
	struct child c = { 0 };
	int code = EXIT_CODE_OK;

	setenv("SCXBENCH_RUN", n->id, 1);
	setenv("SCXBENCH_VERDICT", judged ? verdict[n->gate] : "none", 1);
	setenv("SCXBENCH_REPORT", n->published ? n->published : report, 1);
	free(report);
	if (!hook)
		return EXIT_CODE_OK;
	child_arg(&c, "/bin/sh");
	child_arg(&c, "-c");
	child_arg(&c, hook);
	code = child_run(&c, NULL);
	if (code && !interrupted())
		code = exit_code_of(log_err(-CAUSE_FAILED, "the hook '%s' ended with %d", hook, code));
	return code;
}

static void removed(void *ctx, const char *id)
{
	const struct night *n = ctx;
	const char *published = night_conf_text(&n->conf, NIGHT_PUBLISH);
	char *reports = mem_printf("%s/report", n->results);

	log_info("run %s is removed", id);
	publish_remove(reports, id);
	if (published)
		publish_remove(published, id);
	free(reports);
}

int night_prune(struct night *n)
{
	double days = night_conf_number(&n->conf, NIGHT_KEEP_DAYS);
	struct store_keep keep = { .bytes = night_conf_bytes(&n->conf, NIGHT_KEEP_BYTES) };
	struct store *store = NULL;
	int err = 0;

	store_keep_days(&keep, days);
	if (keep.age_ns || keep.bytes)
		err = store_open_in(n->results, false, &store);
	if (store && !err)
		err = store_prune(store, &keep, removed, n);
	store_close(store);
	return err ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}
