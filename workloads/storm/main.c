/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storm: changes waiting tasks, as often and in the mix that the user wants. See ../README.md.
 *
 * It tests policies' custody, not their speed: with each change the kernel takes the task out of its queue,
 * and the policy has to notice. It is a test of correctness that counts what it does.
 */
#include "../kit.h"
#include "../kit/undo.h"
#include "storm.h"
#include "util/affinity.h"
#include "util/clock.h"

/* The drivers are not ext tasks; they have at most 40 % of the machine. */
#define EXT_SHARE 0.5

static int describe_storm(void)
{
	struct storm_options o;
	char identity[256];

	if (options_read(&o))
		return 1;
	options_identity(&o, identity, sizeof(identity));
	printf("summary changes of waiting tasks: affinity, class, nice, groups, exits, hotplug\n"
	       "primary changes\ndefault no\nsettle_s 5\next_share %.2f\nundo yes\nneeds root\n"
	       "typical_s %.1f\ntimeout_s %.0f\nidentity %s\n",
	       EXT_SHARE, o.seconds + 1, 60 + 2 * o.seconds, identity);
	return 0;
}

/* A kind that is not wanted or not possible is absent, with the reason. */
static void begin_kinds(struct storm *s, const char *no_groups)
{
	for (int k = 0; k < STORM_NR_KINDS; k++) {
		if (!s->o.weight[k])
			s->absent[k] =
				k == STORM_hotplug ? "not asked for: STORM_HOTPLUG=1" : "not in STORM_MIX";
		else if (no_groups && (k == STORM_cgroup || k == STORM_cgweight))
			s->absent[k] = no_groups;
		else if (storm_kinds[k].begin)
			s->absent[k] = storm_kinds[k].begin(s);
	}
}

static void report_storm(const struct storm *s, const struct counts *c, double seconds)
{
	FILE *out = kit_results();
	uint64_t sum = 0;

	for (int k = 0; k < STORM_NR_KINDS; k++) {
		const char *name = storm_kinds[k].name;
		const char *unseen = watch_custody_known() ? NULL : "no policy with a program scxb_state_of";

		sum += c->done[k];
		if (s->absent[k])
			fprintf(out, "absent storm.%s count %s\n", name, s->absent[k]);
		else
			fprintf(out, "metric storm.%s count none %lu\n", name, c->done[k]);
		if (s->absent[k] || unseen)
			fprintf(out, "absent storm.%s_caught count %s\n", name, s->absent[k] ?: unseen);
		else
			fprintf(out, "metric storm.%s_caught count none %lu\n", name, c->caught[k]);
	}
	fprintf(out, "metric work_done change none %lu\n", sum);
	fprintf(out, "metric changes count/s higher %.1f\n", sum / seconds);
}

static int storm_tasks(struct storm *s)
{
	struct counts counts = { 0 };
	pid_t guard = guard_begin();
	double begun;
	int err;

	if (guard < 0)
		return kit_fail("changes could not be undone: the guard can't be started");
	begin_kinds(s, groups_begin(s, guard));
	begun = clock_s();
	err = drive(s, &counts);
	if (!err)
		report_storm(s, &counts, clock_s() - begun);
	return err;
}

static int run_storm(void)
{
	struct storm s = { 0 };
	struct affinity allowed;
	int err;

	if (options_read(&s.o))
		return 1;
	if (affinity_get(&allowed) || !go_realtime(1))
		return kit_fail("SCHED_FIFO is not permitted: run as root");
	s.cpu = affinity_list(&allowed, &s.cpus);
	watch_begin();
	err = tasks_begin(&s) || storm_tasks(&s);
	tasks_end(&s);
	fork_end();
	free(s.cpu);
	return guard_end() || err;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "undo"))
		return undo_all();
	return kit_main(argc, argv, describe_storm, run_storm);
}
