/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * swaps.c HOME COUNT POLICY...   attaches policies in turn, COUNT times in all, as a sample
 * does, and checks each swap's proof. At 1 and then at every tenth of COUNT it prints what could leak, a line
 * of "swaps=100 programs=0 maps=0 ...": BPF programs, maps and links of the whole kernel, our descriptors and
 * children, cgroups, and kilobytes of kernel memory that cannot be reclaimed. It ends with 1 at the first
 * swap that is not proven.
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/policy.h"
#include "topology/topology.h"

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

/* kB of a line of /proc/meminfo */
static unsigned long memory(const char *name)
{
	FILE *file = fopen("/proc/meminfo", "r");
	char line[128];
	unsigned long kb = 0;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			kb = strtoul(line + strlen(name), NULL, 10);
	if (file)
		fclose(file);
	return kb;
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

static void print_leaks(unsigned swaps)
{
	printf("swaps=%u programs=%u maps=%u links=%u descriptors=%u children=%u cgroups=%u slab_kb=%lu "
	       "percpu_kb=%lu\n",
	       swaps, count_ids(bpf_prog_get_next_id), count_ids(bpf_map_get_next_id),
	       count_ids(bpf_link_get_next_id), count_entries("/proc/self/fd"), count_children(),
	       count_entries("/sys/fs/cgroup"), memory("SUnreclaim:"), memory("Percpu:"));
	fflush(stdout);
}

static bool is_proven(const struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds)
			return false;
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

int main(int argc, char **argv)
{
	unsigned count = argc > 3 ? (unsigned)atoi(argv[2]) : 0;
	struct topology topology;
	struct policy_spec spec;

	if (!count || topology_load(NULL, &topology))
		return 2;
	for (unsigned i = 1; i <= count; i++) {
		bool proven = !policy_parse(argv[1], argv[3 + i % (unsigned)(argc - 3)], &spec) &&
			      swap_once(&spec, &topology);

		policy_spec_free(&spec);
		if (!proven) {
			printf("swap %u is not proven\n", i);
			return 1;
		}
		if (i == 1 || i % (count / 10 ? count / 10 : 1) == 0)
			print_leaks(i);
	}
	topology_free(&topology);
	return 0;
}
