/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "plan/plan.h"
#include "policy/fair.h"
#include "policy/policy.h"
#include "record/role.h"
#include "text/grid.h"
#include "util/home.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "workload/workload.h"

static void add_knob(void *ctx, const struct policy_knob_words *k)
{
	char *label = mem_printf("  %s", k->name);

	grid_row(ctx, false, label)[1] = mem_printf("%s, now %s: %s", k->range, k->value, k->help);
	free(label);
}

static void add_policy(struct grid *g, const char *home, const char *name)
{
	struct policy_spec spec;

	char **cell = grid_row(g, false, name);

	if (policy_parse(home, name, &spec))
		return;
	cell[1] = policy_says(&spec);
	policy_each_knob(&spec, add_knob, g);
	policy_spec_free(&spec);
}

static void add_fair(struct grid *g)
{
	grid_row(g, false, FAIR_NAME)[1] = mem_strdup(
		"The kernel's own. Shares follow cpu.weight, then nice. A cgroup's share does not grow with "
		"its number of tasks.");
	grid_row(g, false, "  " FAIR_SLICE)[1] = mem_strdup("100 to 1000000: its base slice, in us");
	grid_row(g, false, "  " FAIR_FEATURES)[1] =
		mem_strdup("its feature bits, as in NO_RUN_TO_PARITY+PLACE_LAG");
}

static int each_workload(const char *home, void (*fn)(void *ctx, const struct workload *w), void *ctx)
{
	struct account user;
	struct workload *list;
	int err;

	account_default(&user);
	err = workload_list(home, NULL, account_other(&user), &list);

	for (struct workload *w = list; !err && w->name; w++)
		fn(ctx, w);
	workload_list_free(list);
	account_free(&user);
	return err;
}

static void add_workload(void *ctx, const struct workload *w)
{
	grid_row(ctx, false, w->name)[1] = mem_printf(
		"%s%s [%s]", w->summary, w->in_default ? "" : " (not in the default plan)", w->primary);
}

static int print_all(const char *home)
{
	static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 }, { NULL, GRID_PROSE, 0 } };
	char **policies = policy_list(home);
	struct grid g;
	int err;

	grid_begin(&g, columns, 2);
	grid_row(&g, true, "policies");
	add_fair(&g);
	for (char **name = policies; *name; name++)
		add_policy(&g, home, *name);
	policy_list_free(policies);
	grid_row(&g, true, "workloads");
	err = each_workload(home, add_workload, &g);
	grid_row(&g, true, "plans");
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		grid_row(&g, false, k->name)[1] = mem_printf("%2u blocks: %s", k->blocks, k->summary);
	grid_print(&g);
	grid_free(&g);
	return err;
}

static void name_policies(const char *home)
{
	char **policies = policy_list(home);

	puts(FAIR_NAME);
	for (char **name = policies; *name; name++)
		puts(*name);
	policy_list_free(policies);
}

static void name_workload(void *ctx, const struct workload *w)
{
	(void)ctx;
	puts(w->name);
}

static void name_kernel_commands(void)
{
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command && e->command->kernel)
			puts(e->command->name);
}

enum kind { POLICIES, WORKLOADS, PLANS, KERNEL_COMMANDS, ALL };
const char *const list_kinds[] = { "policies", "workloads", "plans", "kernel-commands", NULL };

static int print_names(const char *home, enum kind kind)
{
	if (kind == WORKLOADS)
		return each_workload(home, name_workload, NULL);
	if (kind == POLICIES)
		name_policies(home);
	if (kind == KERNEL_COMMANDS)
		name_kernel_commands();
	for (const struct plan_kind *k = plan_kinds; kind == PLANS && k->name; k++)
		puts(k->name);
	return 0;
}

enum { OPT_NAMES = 256 };

static const struct argp_option rows[] = {
	{ "names", OPT_NAMES, "KIND", 0,
	  "only the names of the policies, the workloads, the plans or the commands that need a kernel with sched_ext, one per line",
	  0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	int *kind = state->input;

	if (key != OPT_NAMES)
		return ARGP_ERR_UNKNOWN;
	*kind = nearest_index("--names", arg, list_kinds);
	return *kind < 0 ? *kind : 0;
}

static int call_list(struct call *call)
{
	int kind = ALL;

	if (!options_parse(call, &kind))
		return call->code;
	return exit_code_of(kind == ALL ? print_all(home_dir()) : print_names(home_dir(), kind));
}

const struct command cmd_list = {
	.name = "list",
	.summary = "list the policies with their knobs, the workloads, the plans",
	.argp = { .options = rows,
		  .parser = take_option,
		  .doc = "Lists what a bench can be made of: policies with their knobs, workloads with "
			 "their primary metric in brackets, and plans." },
	.exits = "0 ok\n2 usage\n3 the workloads can't be read\n",
	.examples = "scxbench list\nscxbench list --names policies\n",
	.run = call_list,
};
