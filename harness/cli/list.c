/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "workload/workload.h"

static const char help[] = "usage: scxbench list\n\nPolicies with their knobs, workloads, plans.\n";

static void print_knob(void *ctx, const struct policy_knob_words *k)
{
	(void)ctx;
	printf("    %-18s %s, now %s: %s\n", k->name, k->range, k->value, k->help);
}

static void list_policies(const char *home)
{
	char pattern[4096];
	glob_t g;

	printf("policies\n  fair    the kernel's own scheduler\n");
	snprintf(pattern, sizeof(pattern), "%s/schedulers/*.bpf.o", home);
	if (glob(pattern, 0, NULL, &g))
		return;
	for (size_t i = 0; i < g.gl_pathc; i++) {
		char *name = basename(g.gl_pathv[i]);
		struct policy_spec spec;

		name[strcspn(name, ".")] = '\0';
		printf("  %s\n", name);
		if (!policy_parse(home, name, &spec)) {
			policy_each_knob(&spec, print_knob, NULL);
			policy_spec_free(&spec);
		}
	}
	globfree(&g);
}

static int list_workloads(const char *home)
{
	struct workload *list;
	int err = workload_list(home, &list);

	if (err)
		return err;
	printf("workloads\n");
	for (struct workload *w = list; w->name; w++)
		printf("  %-18s %s%s [%s]\n", w->name, w->summary,
		       w->in_default ? "" : " (not in the default plan)", w->primary);
	workload_list_free(list);
	return 0;
}

int cmd_list(int argc, char **argv)
{
	int err;

	if (argc > 1)
		return cli_usage(help, !strcmp(argv[1], "--help") ? EXIT_CODE_OK : EXIT_CODE_USAGE);
	list_policies(home_dir());
	err = list_workloads(home_dir());
	printf("plans\n");
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		printf("  %-8s %2u blocks: %s\n", k->name, k->blocks, k->summary);
	return exit_code_of(err);
}
