/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hackbench: in each group 20 senders write to 20 receivers, over pipes or sockets.
 *
 * It measures wakeups and switches in bulk, and with them much that is not the scheduler: over pipes the
 * pipe's mutex and the waitqueue lock, over sockets the socket layer. The work is fixed, so the result is the
 * time that hackbench itself reports (message passing alone, without its forks).
 */
#include "kit.h"

#define LOOPS 400

static int hackbench_describe(void)
{
	printf("summary messages between 20 tasks per CPU, fixed work\n"
	       "primary time\ndefault yes\nsettle_s 5\ntime_share 0.25\n"
	       /* a user's pipes get smaller when there are many, from 52 CPUs on */
	       "needs CAP_SYS_RESOURCE\n"
	       "typical_s %.1f\ntimeout_s %ld\nidentity loops=%ld\n"
	       "variant pipe messages over pipes: dominated by the pipe's mutex and the wakeup lock\n"
	       "variant socket messages over Unix sockets\n",
	       1.2 * kit_scale(), 30 + 30 * kit_scale(), LOOPS * kit_scale());
	return 0;
}

static int hackbench_run(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	char command[128], line[256], last[256] = "package rt-tests";
	double time = -1;
	FILE *out;

	snprintf(command, sizeof(command), "exec hackbench %s -g %ld -l %ld 2>&1",
		 strcmp(variant, "pipe") ? "" : "-p", kit_hackbench_groups(), LOOPS * kit_scale());
	kit_plain_output();
	out = popen(command, "r");
	if (!out)
		return kit_fail("hackbench can't be started");
	while (fgets(line, sizeof(line), out)) {
		fputs(line, stdout);
		sscanf(line, "Time: %lf", &time);
		kit_keep_last(line, last);
	}
	if (pclose(out) || time < 0)
		return kit_fail("hackbench failed: %s", last);
	fprintf(kit_results(), "metric time s lower %.3f\n", time);
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, hackbench_describe, hackbench_run);
}
