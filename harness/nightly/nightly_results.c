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
#include "judge/anchor.h"
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

static void pass_limits(const struct night *n, struct child *c, enum night_key key)
{
	for (size_t i = 0; i < n->conf.nr; i++)
		if (n->conf.value[i].key == key) {
			child_arg(c, key == NIGHT_THRESHOLD ? "--threshold" : "--anchor-limit");
			child_arg(c, n->conf.value[i].text);
		}
}

/* A file of the run. */
static void pass_file(const struct night *n, struct child *c, const char *option, const char *name)
{
	char *path = mem_printf("%s/%s", n->dir, name);

	child_arg(c, option);
	child_arg(c, path);
	free(path);
}

static int run_regress(const struct night *n, const char *page)
{
	const char *nights = night_conf_text(&n->conf, NIGHT_NIGHTS);
	struct child c = { 0 };

	child_self(&c, "regress");
	child_arg(&c, "--results");
	child_arg(&c, n->results);
	child_arg(&c, nights ? "--nights" : "--baseline");
	child_arg(&c, nights ? nights : night_conf_text(&n->conf, NIGHT_BASELINE));
	pass_limits(n, &c, NIGHT_THRESHOLD);
	pass_limits(n, &c, NIGHT_ANCHOR_LIMIT);
	pass_file(n, &c, "--junit", PUBLISH_JUNIT);
	pass_file(n, &c, "--brief", PUBLISH_BRIEF);
	child_arg(&c, blesses(n) ? "--bless" : "--record");
	child_arg(&c, n->id);
	return child_run(&c, page);
}

static bool has_tag(struct store *store, const struct run *run, const char *tag)
{
	char *id = NULL;
	int found = store_pick(store, &(struct store_pick){ .host = run->host, .tag = tag }, &id);

	free(id);
	return found;
}

static int tag_first(struct store *store, const struct run *run, const char *tag)
{
	if (has_tag(store, run, tag))
		return 0;
	log_info("there was no %s run of this machine: this night is the first", tag);
	return store_tag(store, run->id, tag);
}

/*
 * A night with only good samples, on a machine without last-good, is the first one, and its anchor. So is one
 * that passes, where runs of before anchors were known are the baseline.
 */
static int begin_history(const struct night *n)
{
	struct store *store = NULL;
	struct run run = { 0 };
	int err = store_open_in(n->results, STORE_WRITE, &store);

	if (!err)
		err = store_load_run(store, n->id, &run);
	if (!err && (n->gate == EXIT_CODE_OK || !has_tag(store, &run, REGRESS_LAST_GOOD)))
		err = tag_first(store, &run, REGRESS_ANCHOR);
	if (!err)
		err = tag_first(store, &run, REGRESS_LAST_GOOD);
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
	char *page = mem_printf("%s/" PUBLISH_PAGE, n->dir);

	n->gate = run_regress(n, page);
	nightly_results_show(page);
	if (blesses(n) && (n->gate == EXIT_CODE_INCONCLUSIVE || n->gate == EXIT_CODE_OK) && begin_history(n))
		n->gate = EXIT_CODE_FAILED;
	free(page);
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
	const struct publish to = { .dir = night_conf_text(&n->conf, NIGHT_PUBLISH),
				    .limit_s = night_conf_seconds(&n->conf, NIGHT_HOOK_LIMIT) };
	int err;

	if (!to.dir || !n->reported)
		return EXIT_CODE_OK;
	err = publish_report(n->results, n->id, &to);
	if (err)
		return EXIT_CODE_FAILED;
	n->published = mem_printf("%s/%s", to.dir, n->id);
	printf("%s/index.html\n", n->published);
	return EXIT_CODE_OK;
}

const char *night_verdict(const struct night *n)
{
	static const char *const verdict[] = { [EXIT_CODE_OK] = "pass",
					       [EXIT_CODE_FAILED] = "regression",
					       [EXIT_CODE_INCONCLUSIVE] = "inconclusive" };
	bool judged = n->gate >= 0 && n->gate <= EXIT_CODE_INCONCLUSIVE && verdict[n->gate];

	if (n->worse)
		return verdict[EXIT_CODE_FAILED];
	return judged ? verdict[n->gate] : "none";
}

int night_hook(struct night *n)
{
	const char *hook = night_conf_text(&n->conf, NIGHT_HOOK);
	char *report = mem_printf("%s/report/%s", n->results, n->id),
	     *mail = mem_printf("%s/" PUBLISH_MAIL, n->dir);
	struct child c = { 0 };
	int code = EXIT_CODE_OK;

	setenv("SCXBENCH_RUN", n->id, 1);
	setenv("SCXBENCH_VERDICT", night_verdict(n), 1);
	setenv("SCXBENCH_REPORT", n->published ? n->published : report, 1);
	setenv("SCXBENCH_MAIL", mail, 1);
	free(mail);
	free(report);
	if (!hook)
		return EXIT_CODE_OK;
	child_arg(&c, "/bin/sh");
	child_arg(&c, "-c");
	child_arg(&c, hook);
	c.limit_s = night_conf_seconds(&n->conf, NIGHT_HOOK_LIMIT);
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
		err = store_open_in(n->results, STORE_WRITE, &store);
	if (store && !err)
		err = store_prune(store, &keep, removed, n);
	store_close(store);
	return err ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}
