/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * blackout HOME SWAPS POLICY...   how long a task does not run when a policy comes in or goes out.
 *
 * A thread pinned to each CPU wakes every 100 us and notes each time that it woke much later. Printed for
 * each policy: the seconds of load, attach and detach, and the longest such time that overlaps with an
 * attach, with a detach, and with as long a time in between.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "policy/policy.h"
#include "util/affinity.h"
#include "util/clock.h"
#include "util/mem.h"

#define WAKE_S 100e-6
#define NOTED_S 500e-6
#define MAX_NOTED 65536

struct late {
	double from, to;
};

struct probe {
	pthread_t thread;
	int cpu;
	unsigned nr;
	struct late late[MAX_NOTED];
};

static struct probe *probes;
static int nr_probes;
static volatile bool over;

static void *probe_run(void *arg)
{
	struct probe *p = arg;
	struct affinity one = { 0 };
	double last = clock_s();

	affinity_add(&one, p->cpu);
	affinity_set(&one);
	while (!over) {
		double now;

		clock_sleep(WAKE_S);
		now = clock_s();
		if (now - last > NOTED_S && p->nr < MAX_NOTED)
			p->late[p->nr++] = (struct late){ last, now };
		last = now;
	}
	return NULL;
}

/* The longest that overlaps with the time; of any CPU. */
static double longest(double from, double to)
{
	double most = 0;

	for (int i = 0; i < nr_probes; i++)
		for (unsigned k = 0; k < probes[i].nr; k++) {
			const struct late *l = &probes[i].late[k];

			if (l->from < to && l->to > from && l->to - l->from > most)
				most = l->to - l->from;
		}
	return most;
}

static void probes_begin(void)
{
	nr_probes = (int)sysconf(_SC_NPROCESSORS_ONLN);
	probes = mem_zalloc((size_t)nr_probes, sizeof(*probes));
	over = false;
	for (int i = 0; i < nr_probes; i++) {
		probes[i].cpu = i;
		pthread_create(&probes[i].thread, NULL, probe_run, &probes[i]);
	}
}

static void probes_end(void)
{
	over = true;
	for (int i = 0; i < nr_probes; i++)
		pthread_join(probes[i].thread, NULL);
}

/* What one swap took, in seconds. */
struct swap {
	double load, attach, detach, dark_in, dark_out, dark_between;
};

static bool swap_once(struct policy *policy, struct swap *s)
{
	double attach, attached, detach, detached;
	struct record r = { 0 };
	bool done;

	probes_begin();
	clock_sleep(0.05);
	attach = clock_s();
	done = !policy_attach(policy, &r);
	attached = clock_s();
	clock_sleep(0.1 + attached - attach);
	detach = clock_s();
	done = done && !policy_detach(policy, &r);
	detached = clock_s();
	clock_sleep(0.05);
	probes_end();
	s->attach = attached - attach;
	s->detach = detached - detach;
	s->dark_in = longest(attach, attached);
	s->dark_out = longest(detach, detached);
	s->dark_between = longest(attached + 0.05, detach);
	free(probes);
	record_free(&r);
	return done;
}

static bool take_swap(const struct policy_spec *spec, const struct topology *topology, struct swap *s)
{
	const struct policy_setup setup = { .topology = topology, .log_path = "/dev/null" };
	double start = clock_s();
	struct policy *policy;
	bool done;

	if (policy_load(spec, &setup, &policy))
		return false;
	s->load = clock_s() - start;
	done = swap_once(policy, s);
	policy_unload(policy);
	return done;
}

static void print_swap(const char *name, const struct swap *s)
{
	printf("%-12s %8.3f %8.3f %8.3f %12.1f %12.1f %12.1f\n", name, s->load, s->attach, s->detach,
	       1e3 * s->dark_in, 1e3 * s->dark_between, 1e3 * s->dark_out);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	int swaps = argc > 3 ? atoi(argv[2]) : 0, err = 0;
	struct topology topology;

	if (swaps < 1 || topology_load(NULL, &topology))
		return 2;
	printf("%-12s %8s %8s %8s %12s %12s %12s\n", "policy", "load s", "attach s", "detach s", "dark in ms",
	       "between ms", "dark out ms");
	for (int i = 3; i < argc; i++) {
		struct policy_spec spec;

		if (policy_parse(argv[1], argv[i], &spec))
			return 2;
		for (int n = 0; n < swaps; n++) {
			struct swap s = { 0 };

			if (take_swap(&spec, &topology, &s))
				print_swap(spec.text, &s);
			else
				err = 1;
		}
		policy_spec_free(&spec);
	}
	topology_free(&topology);
	return err;
}
