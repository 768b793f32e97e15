/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * swaps.c HOME COUNT POLICY...   attaches policies in turn, COUNT times in all, as a sample does, and checks
 * each swap's proof. After the first turn of all and then at every tenth of COUNT it prints what could leak,
 * a line of "swaps=100 programs=0 maps=0 ...": BPF programs, maps, links and pins of the whole kernel, our
 * descriptors, children and memory, processes, cgroups (with those that are dying), mounts, files in
 * /dev/shm, and kilobytes of kernel memory that cannot be reclaimed. It ends with 1 at the first swap that is
 * not proven. But one that took longer than the shortest limit in it says that the machine was late: it is
 * void, named, counted, and taken again, for at most one in a hundred.
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "policy/policy.h"
#include "topology/topology.h"
#include "util/clock.h"

#define LATE_S 5 /* the shortest limit: from the attach to the state "enabled" */

static unsigned nr_void;

static unsigned count_ids(int (*next)(__u32 start, __u32 *id))
{
	unsigned n = 0;

	for (__u32 id = 0; !next(id, &id);)
		n++;
	return n;
}

static unsigned count_entries(const char *path)
{
	DIR *dir = opendir(path);
	unsigned n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

/* The number behind name in a file of such lines. */
static unsigned long number_in(const char *path, const char *name)
{
	FILE *file = fopen(path, "r");
	char line[512];
	unsigned long number = 0;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			number = strtoul(line + strlen(name), NULL, 10);
	if (file)
		fclose(file);
	return number;
}

static unsigned count_lines(const char *path)
{
	FILE *file = fopen(path, "r");
	unsigned n = 0;

	for (int c; file && (c = getc(file)) != EOF;)
		n += c == '\n';
	if (file)
		fclose(file);
	return n;
}

static unsigned count_children(void)
{
	FILE *file = fopen("/proc/thread-self/children", "r");
	unsigned n = 0, pid;

	while (file && fscanf(file, "%u", &pid) == 1)
		n++;
	if (file)
		fclose(file);
	return n;
}

/* Kernel threads come and go as they like: those with a program of their own. */
static unsigned count_processes(void)
{
	unsigned n = 0;
	glob_t g;

	if (glob("/proc/[0-9]*/exe", 0, NULL, &g))
		return 0;
	for (size_t i = 0; i < g.gl_pathc; i++) {
		char target[64];

		n += readlink(g.gl_pathv[i], target, sizeof(target)) > 0;
	}
	globfree(&g);
	return n;
}

/* They go after a grace period: until there are as few as at the beginning, or it takes too long. */
static void settle_kernel(unsigned programs, unsigned maps)
{
	for (int i = 0; i < 100; i++) {
		if (count_ids(bpf_prog_get_next_id) <= programs && count_ids(bpf_map_get_next_id) <= maps)
			return;
		usleep(100000);
	}
}

static void print_leaks(unsigned swaps, double seconds)
{
	printf("swaps=%u void=%u seconds=%.0f programs=%u maps=%u links=%u pins=%u descriptors=%u children=%u "
	       "processes=%u cgroups=%u dying=%lu mounts=%u shm=%u rss_kb=%lu slab_kb=%lu percpu_kb=%lu\n",
	       swaps, nr_void, seconds, count_ids(bpf_prog_get_next_id), count_ids(bpf_map_get_next_id),
	       count_ids(bpf_link_get_next_id), count_entries("/sys/fs/bpf"), count_entries("/proc/self/fd"),
	       count_children(), count_processes(), count_entries("/sys/fs/cgroup"),
	       number_in("/sys/fs/cgroup/cgroup.stat", "nr_dying_descendants"), count_lines("/proc/mounts"),
	       count_entries("/dev/shm"), number_in("/proc/self/status", "VmRSS:"),
	       number_in("/proc/meminfo", "SUnreclaim:"), number_in("/proc/meminfo", "Percpu:"));
	fflush(stdout);
}

static bool is_proven(const struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		if (p->holds)
			continue;
		printf("%s: %s\n", proof_name(p), p->found);
		return false;
	}
	return r->nr_proofs && !r->ejection.kind;
}

static bool swap_once(const struct policy_spec *spec, const struct topology *topology)
{
	const struct policy_setup setup = { .topology = topology, .log_path = "/tmp/swaps.log" };
	struct record r = { 0 };
	struct policy *policy;
	bool proven;

	if (policy_load(spec, &setup, &policy))
		return false;
	proven = !policy_attach(policy, &r);
	policy_prove_still_in(policy, &r);
	proven &= !policy_detach(policy, &r) && is_proven(&r);
	policy_unload(policy);
	record_free(&r);
	return proven;
}

/* Until one is proven, or one that is not must count. */
static bool take_swap(const char *home, const char *text, const struct topology *topology, unsigned count)
{
	struct policy_spec spec;
	bool proven = false, late = true;

	if (policy_parse(home, text, &spec))
		return false;
	while (!proven && late && nr_void <= count / 100) {
		double start = clock_s();

		proven = swap_once(&spec, topology);
		late = clock_s() - start > LATE_S;
		if (proven)
			continue;
		nr_void += late;
		printf("a swap of %s is not proven after %.1f s\n", text, clock_s() - start);
	}
	policy_spec_free(&spec);
	return proven;
}

int main(int argc, char **argv)
{
	unsigned count = argc > 3 ? (unsigned)atoi(argv[2]) : 0, turn = (unsigned)argc - 3;
	unsigned programs = count_ids(bpf_prog_get_next_id), maps = count_ids(bpf_map_get_next_id);
	double start = clock_s();
	struct topology topology;

	if (!count || topology_load(NULL, &topology))
		return 2;
	for (unsigned i = 1; i <= count; i++) {
		if (!take_swap(argv[1], argv[3 + i % turn], &topology, count)) {
			printf("swap %u is not proven\n", i);
			return 1;
		}
		if (i != turn && i % (count / 10 ? count / 10 : 1) != 0)
			continue;
		settle_kernel(programs, maps);
		print_leaks(i, clock_s() - start);
	}
	topology_free(&topology);
	return 0;
}
