/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of a night that touch the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/child.h"
#include "util/cause.h"
#include "nightly/nightly.h"
#include "collect/collect.h"
#include "host/preflight.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static bool nightly_machine_look(struct night *n, struct preflight_item item[PREFLIGHT_ITEMS])
{
	const struct preflight_limits limits = {
		.load = night_conf_number(&n->conf, NIGHT_MAX_LOAD),
		.running = night_conf_number(&n->conf, NIGHT_MAX_RUNNING),
		.celsius = night_conf_number(&n->conf, NIGHT_MAX_TEMPERATURE),
		.free_bytes = night_conf_bytes(&n->conf, NIGHT_MIN_FREE),
		.results = n->results,
	};

	return preflight(&limits, item);
}

int night_check(struct night *n)
{
	static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_PROSE, 0 } };
	struct preflight_item item[PREFLIGHT_ITEMS];
	bool good = nightly_machine_look(n, item);
	struct grid g;
	char **cell;

	grid_begin(&g, columns, 3);
	for (int i = 0; i < PREFLIGHT_ITEMS; i++) {
		cell = grid_row(&g, true, item[i].good ? "ok" : "no");
		cell[1] = mem_strdup(item[i].what);
		cell[2] = mem_printf("%s%s%s", item[i].found, *item[i].limit ? ", " : "", item[i].limit);
	}
	grid_print(&g);
	grid_free(&g);
	if (host_check(&n->wish))
		return EXIT_CODE_USAGE;
	return good ? EXIT_CODE_OK : EXIT_CODE_CANT;
}

int night_preflight(struct night *n)
{
	struct preflight_item item[PREFLIGHT_ITEMS];

	n->over = !nightly_machine_look(n, item);
	for (int i = 0; i < PREFLIGHT_ITEMS; i++)
		if (!item[i].good)
			log_err(-CAUSE_BUSY, "not fit to be measured: %s: %s%s%s", item[i].what,
				item[i].found, *item[i].limit ? ", " : "", item[i].limit);
	return n->over ? EXIT_CODE_CANT : EXIT_CODE_OK;
}

/* An option of every value of a key. */
static void pass_on(const struct night *n, struct child *c, enum night_key key, const char *option)
{
	for (size_t i = 0; i < n->conf.nr; i++)
		if (n->conf.value[i].key == key) {
			child_arg(c, option);
			child_arg(c, n->conf.value[i].text);
		}
}

static void pass_one(const struct night *n, struct child *c, enum night_key key, const char *option)
{
	const char *text = night_conf_text(&n->conf, key);

	child_arg(c, text ? option : NULL);
	child_arg(c, text);
}

/* As the option --host wants it; NULL when every setting is kept. */
static char *host_option(const struct night *n)
{
	char *text = NULL;

	for (enum night_key k = NIGHT_GOVERNOR; k <= NIGHT_IRQBALANCE; k++) {
		const char *value = night_conf_text(&n->conf, k);
		char *more;

		if (!strcmp(value, "keep"))
			continue;
		more = mem_printf("%s%s%s=%s", text ? text : "", text ? "," : "", night_key_name(k), value);
		free(text);
		text = more;
	}
	return text;
}

static int run_bench(const struct night *n)
{
	char *host = host_option(n);
	struct child c = { 0 };

	child_self(&c, "bench");
	pass_one(n, &c, NIGHT_RESULTS, "--results");
	pass_one(n, &c, NIGHT_PLAN, "--plan");
	pass_one(n, &c, NIGHT_BLOCKS, "--blocks");
	pass_one(n, &c, NIGHT_PRECISION, "--precision");
	pass_one(n, &c, NIGHT_TIME_BUDGET, "--time-budget");
	pass_on(n, &c, NIGHT_POLICY, "--policy");
	pass_on(n, &c, NIGHT_WORKLOAD, "--workload");
	pass_one(n, &c, NIGHT_ATTACH_LIMIT, "--attach-limit");
	pass_one(n, &c, NIGHT_USER, "--user");
	child_arg(&c, host ? "--host" : NULL);
	child_arg(&c, host);
	child_arg(&c, "--run-id");
	child_arg(&c, n->id);
	child_arg(&c, "--files-only");
	free(host);
	return child_run(&c, "/dev/null");
}

/* Not in a child: after a signal to end, none would be started. */
static int take_in(const struct night *n)
{
	struct store *store = NULL;
	int err = store_open_in(n->results, STORE_CREATE, &store);

	if (!err)
		err = store_take_run(store, n->dir);
	store_close(store);
	return exit_code_of(err);
}

static void tell_heat(bool known, uint64_t before)
{
	uint64_t after;

	if (known && collect_throttled(&after) && after > before)
		log_warn("CPUs were throttled for heat %llu times in this run: its figures are those of "
			 "a hot machine",
			 (unsigned long long)(after - before));
}

int night_bench(struct night *n)
{
	uint64_t before;
	bool known = collect_throttled(&before);
	int taken = EXIT_CODE_OK;

	n->bench = run_bench(n);
	/* A run that was killed could not do it itself. */
	if (host_recover())
		taken = EXIT_CODE_FAILED;
	tell_heat(known, before);
	if (fs_exists(n->dir) && take_in(n))
		taken = EXIT_CODE_FAILED;
	n->over = taken || (n->bench != EXIT_CODE_OK && n->bench != EXIT_CODE_FAILED);
	return n->bench ? n->bench : taken;
}
