/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pages DIR [NAME]   writes the reports of odd_run.h, or one of them, and what is above them, as
 * results/report/ would. */
#include <stdio.h>
#include <time.h>

#include "../../unit/made_fleet.h"
#include "../../unit/made_window.h"
#include "../../unit/odd_run.h"
#include "report/fleet.h"
#include "report/index.h"
#include "report/report.h"
#include "report/versus_page.h"
#include "util/fs.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int write_one(const struct odd *odd, const char *dir, struct store_line *line)
{
	struct store_run run = odd_run(odd);
	char *out = mem_printf("%s/%s", dir, odd->name);
	char *path = mem_strdup(getenv("PATH"));
	double start = now();
	int err;

	if (odd->without_tools)
		setenv("PATH", "/", 1);
	err = made_windows(&run, "<b>\xff task", out) ?: report_write(".", &run, NULL, out);
	setenv("PATH", path, 1);
	free(path);

	if (!err)
		err = index_write_latest(".", &run, dir);
	*line = (struct store_line){ .id = mem_strdup(run.run.id),
				     .plan = mem_strdup(run.run.plan),
				     .where = mem_strdup(run.run.where),
				     .samples = (unsigned)run.nr,
				     .planned = run.run.planned };
	printf("%s: %zu samples, %.2f s\n", odd->name, run.nr, now() - start);
	store_run_free(&run);
	free(out);
	return err;
}

/* Two kernels' worth of ledgers; the page looks at nothing but these. */
static int write_custody(const char *dir)
{
	struct store_run run[] = { odd_real(), odd_hostile() };
	int err = report_custody_write(".", run, 2, dir);

	store_run_free(&run[0]);
	store_run_free(&run[1]);
	return err;
}

/* A page for two: of odd runs, and of one policy against another. */
struct two {
	const char *name;
	struct store_run (*a)(void), (*b)(void);
	const char *policy_a, *policy_b;
};

static int write_two(const struct two *p, const char *dir)
{
	static const struct limits margin = { .all = 0.02 };
	struct store_run run[2] = { p->a(), p->b() };
	struct compare c[2];
	struct versus v;
	struct differences d;
	struct versus_spec spec = {
		.a = &c[0], .b = p->policy_a ? &c[0] : &c[1], .nr_a = 1, .margin = &margin
	};
	const struct versus_view view = { &v, &spec, &d, "the one", ODD_NAME };
	const struct versus_page page = { .view = &view, .command = "scxbench compare <A> B" };
	char *text, *path = mem_printf("%s/two-%s.html", dir, p->name);
	int err;

	spec.policy_a = p->policy_a;
	spec.policy_b = p->policy_b;
	for (int i = 0; i < 2; i++)
		compare_make(&run[i], &c[i]);
	versus_make(&spec, &v);
	differ_make(&run[0].run, &run[1].run, &d);
	err = versus_page(".", &page, &text);
	if (!err)
		err = fs_save(path, text);
	printf("%s: %zu bytes\n", p->name, text ? strlen(text) : 0);
	free(text);
	differ_free(&d);
	versus_free(&v);
	for (int i = 0; i < 2; i++) {
		compare_free(&c[i]);
		store_run_free(&run[i]);
	}
	free(path);
	return err;
}

static int write_twos(const char *dir)
{
	static const struct two twos[] = { { "runs", odd_real, odd_moved, NULL, NULL },
					   { "hostile", odd_real, odd_hostile, NULL, NULL },
					   { "policies", odd_real, odd_real, "fifo", "prioq" },
					   { "void", odd_void, odd_fair_alone, NULL, NULL },
					   { "crowd", odd_crowd, odd_crowd, NULL, NULL },
					   { "many", odd_many, odd_many, NULL, NULL } };
	int err = 0;

	for (size_t i = 0; i < sizeof(twos) / sizeof(*twos) && !err; i++)
		err = write_two(&twos[i], dir);
	return err;
}

/* Machines of two classes, one of them unlike the others, one with a name that no page expects. */
static int write_fleet(const char *dir)
{
	static const struct made_host host[] = {
		{ .x = 0.05 },
		{ .x = 0.051 },
		{ .x = 0.049, .worst = STATUS_VOID },
		{ .x = 0.3, .class = 1 },
		{ .x = 0.052, .class = 1 },
		{ .x = 0.05, .worst = STATUS_EJECTED },
		{ .x = NAN, .class = 0 },
	};
	struct members m = made_members(host, sizeof(host) / sizeof(*host));
	struct fleet_custody custody[] = { { "7.3.4", ODD_NAME, 3, 45, 45, LEDGER_BALANCED, NULL },
					   { "7.0.13", "fifo", 1, 15, 14, LEDGER_VIOLATED, ODD_NAME } };
	struct fleet_view f;
	const struct fleet_page page = { &f, custody, 2, NULL };
	int err;

	free(m.member[1].run.host);
	m.member[1].run.host = mem_strdup(ODD_NAME);
	free(m.class[1]);
	m.class[1] = mem_strdup(ODD_NAME);
	f = made_fleet(&m, host);
	free(f.policy[0]);
	f.policy[0] = mem_strdup(ODD_NAME);
	f.cell[0].one[5].why = mem_strdup("runnable task stall: " ODD_NAME);
	fleet_judge(&f);
	err = fleet_page(".", &page, dir);
	fleet_view_free(&f);
	members_free(&m);
	return err;
}

int main(int argc, char **argv)
{
	struct store_line *line = mem_zalloc(NR_ODDS + 1, sizeof(*line));
	int err = argc == 2 || argc == 3 ? 0 : -1;

	for (size_t i = 0; i < NR_ODDS && !err; i++)
		if (argc == 2 || !strcmp(argv[2], odds[i].name))
			err = write_one(&odds[i], argv[1], &line[i]);
	line[NR_ODDS] =
		(struct store_line){ .id = mem_strdup("never-reported"), .tags = mem_strdup(ODD_NAME) };
	if (!err)
		err = index_write_runs(".", &(struct index_runs){ line, NR_ODDS + 1, NULL, 0 }, argv[1]);
	store_list_free(line, NR_ODDS + 1);
	if (!err)
		err = write_custody(argv[1]);
	if (!err)
		err = write_twos(argv[1]);
	if (!err)
		err = write_fleet(argv[1]);
	return err ? 1 : 0;
}
