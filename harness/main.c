/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{ "doctor", cmd_doctor, "what this machine lacks to run policies, and the cure" },
	{ "list", cmd_list, "policies with their knobs, workloads, plans" },
	{ "bench", cmd_bench, "swap schedulers in and out and measure workloads under each" },
	{ "run", cmd_run, "put one policy in and hold it, to watch and steer it" },
	{ "ctl", cmd_ctl, "weights, priorities, slices, quotas of what runs under it, as it runs" },
	{ "fairness", cmd_fairness, "do cgroups and processes get the CPU time that their weights deserve" },
	{ "hintd", cmd_hintd, "takes hints of programs about their own threads" },
	{ "custody", cmd_custody, "does every policy give back each task it takes, exactly once" },
	{ "nightly", cmd_nightly,
	  "what a machine does every night: check, set, bench, judge, publish, tidy up" },
	{ "store", cmd_store, "take runs into results/scxbench.db; list, tag and remove them" },
	{ "export", cmd_export, "write runs of the store into one file" },
	{ "import", cmd_import, "take the runs of such a file, from another machine say" },
	{ "history", cmd_history, "how every policy fared over all runs, and where that changed" },
	{ "report", cmd_report, "make the pages and pictures of a run from the store" },
	{ "trace", cmd_trace, "record the life of every task under the policy that is attached now" },
	{ "top", cmd_top, "what the policy that is in does now: ops, custody, queues, CPUs, tasks, cgroups" },
	{ "dsq", cmd_dsq, "who waits in which queue, in order, under the policy that is in" },
	{ "compare", cmd_compare, "hold two runs, or two policies of a run, against each other" },
	{ "regress", cmd_regress, "the gate: is a run within a threshold of its baseline" },
};

static void usage(FILE *to)
{
	fprintf(to, "usage: scxbench COMMAND [OPTIONS]\n\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		fprintf(to, "  %-8s  %s\n", commands[i].name, commands[i].summary);
	fprintf(to,
		"\n'scxbench COMMAND --help' tells a command's options.\n"
		"Exit: 0 ok, 1 a sample failed, 2 usage, 3 this machine can't, 4 inconclusive, 130 interrupted\n");
}

int main(int argc, char **argv)
{
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))) {
		usage(stdout);
		return EXIT_CODE_OK;
	}
	for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	usage(stderr);
	return EXIT_CODE_USAGE;
}
