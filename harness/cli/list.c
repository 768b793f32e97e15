/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "record/role.h"
#include "util/home.h"
#include "util/nearest.h"
#include "workload/workload.h"

static void print_knob(void *ctx, const struct policy_knob_words *k)
{
	(void)ctx;
	printf("    %-18s %s, now %s: %s\n", k->name, k->range, k->value, k->help);
}

static void print_policy(const char *home, const char *name)
{
	struct policy_spec spec;

	printf("  %s\n", name);
	if (policy_parse(home, name, &spec))
		return;
	policy_each_knob(&spec, print_knob, NULL);
	policy_spec_free(&spec);
}

static int each_workload(const char *home, void (*fn)(const struct workload *w))
{
	struct workload *list;
	int err = workload_list(home, NULL, &list);

	if (err)
		return err;
	for (struct workload *w = list; w->name; w++)
		fn(w);
	workload_list_free(list);
	return 0;
}

static void print_workload(const struct workload *w)
{
	printf("  %-18s %s%s [%s]\n", w->name, w->summary, w->in_default ? "" : " (not in the default plan)",
	       w->primary);
}

static int print_all(const char *home)
{
	char **policies = policy_list(home);
	int err;

	printf("policies\n  fair    the kernel's own scheduler\n");
	for (char **name = policies; *name; name++)
		print_policy(home, *name);
	policy_list_free(policies);
	printf("workloads\n");
	err = each_workload(home, print_workload);
	printf("plans\n");
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		printf("  %-8s %2u blocks: %s\n", k->name, k->blocks, k->summary);
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

static void name_workload(const struct workload *w)
{
	puts(w->name);
}

enum kind { POLICIES, WORKLOADS, PLANS, ALL };
static const char *const kinds[] = { "policies", "workloads", "plans", NULL };

static int print_names(const char *home, enum kind kind)
{
	if (kind == WORKLOADS)
		return each_workload(home, name_workload);
	if (kind == POLICIES)
		name_policies(home);
	for (const struct plan_kind *k = plan_kinds; kind == PLANS && k->name; k++)
		puts(k->name);
	return 0;
}

enum { OPT_NAMES = 256 };

static const struct argp_option rows[] = {
	{ "names", OPT_NAMES, "KIND", 0, "only the names of the policies, workloads or plans, a line each",
	  0 },
	{ 0 },
};

static error_t take(int key, char *arg, struct argp_state *state)
{
	int *kind = state->input;

	if (key != OPT_NAMES)
		return ARGP_ERR_UNKNOWN;
	*kind = nearest_index("--names", arg, kinds);
	return *kind < 0 ? *kind : 0;
}

static int list(struct call *call)
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
		  .parser = take,
		  .doc = "Lists what a bench can be made of: policies with their knobs, workloads with "
			 "their primary metric in brackets, plans." },
	.exits = "0 ok\n2 usage\n3 the workloads can't be read\n",
	.examples = "scxbench list\nscxbench list --names policies\n",
	.run = list,
};
