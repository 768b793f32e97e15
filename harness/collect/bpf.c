/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/bpf.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/mem.h"

#define MAX_PROGS 64

struct source {
	struct policy *policy;
	bool instrumented, counted;
	struct scxb_cpu cpu;
	struct scxb_cpu_detail detail;
	struct policy_prog prog[MAX_PROGS];
	int nr_progs;
};

bool bpf_sum(const struct policy_map *map, void *sum, size_t len)
{
	uint64_t *out = sum;

	memset(sum, 0, len);
	if (!map->data || map->value_size % len)
		return false;
	for (size_t cpu = 0; cpu < map->entries * (map->value_size / len); cpu++) {
		const volatile uint64_t *in = (const void *)((const char *)map->data + cpu * len);

		for (size_t i = 0; i < len / sizeof(*in); i++)
			out[i] += in[i];
	}
	return true;
}

void bpf_since(void *now, const void *before, size_t len)
{
	const uint64_t *b = before;
	uint64_t *n = now;

	for (size_t i = 0; i < len / sizeof(*n); i++)
		n[i] -= b[i];
}

void bpf_hist(struct metrics *m, const char *name, const char *unit, const struct scxb_hist *hist)
{
	struct hist *h = metrics_hist(m, name, unit);

	for (unsigned i = 0; i < SCXB_HIST_SLOTS - 1; i++)
		hist_add(h, scxb_hist_low(i), scxb_hist_low(i + 1), hist->slot[i]);
	h->overflow = hist->slot[SCXB_HIST_SLOTS - 1];
}

const char *bpf_op_of(const char *prog)
{
	for (int i = 0; i < SCXB_NR_OPS; i++) {
		size_t len = strlen(prog), op = strlen(abi_op[i]);

		if (len > op && prog[len - op - 1] == '_' && !strcmp(prog + len - op, abi_op[i]))
			return abi_op[i];
	}
	return prog;
}

static bool is_time(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && !strcmp(name + len - 3, "_ns");
}

static bool read_counters(struct source *s, struct scxb_cpu *cpu, struct scxb_cpu_detail *detail)
{
	struct policy_map map = policy_map(s->policy, SCXB_COUNTERS_MAP);
	struct policy_map hists = policy_map(s->policy, "scxb_detail_hist");

	bpf_sum(&hists, detail, sizeof(*detail));
	return bpf_sum(&map, cpu, sizeof(*cpu));
}

static struct source *counters_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!policy_ops_name(ctx->policy)[0])
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->policy = ctx->policy;
	s->instrumented = ctx->instrumented;
	s->nr_progs = s->instrumented ? policy_progs(s->policy, s->prog, MAX_PROGS) : 0;
	s->counted = read_counters(s, &s->cpu, &s->detail);
	return s;
}

static void add_counter(struct metrics *m, const char *prefix, const char *name, const __u64 *value)
{
	const char *unit = is_time(name) ? "ns" : "count";
	char full[80];

	snprintf(full, sizeof(full), "%s%s", prefix, name);
	if (value)
		metrics_add(m, full, unit, BETTER_NONE, *value);
	else
		metrics_absent(m, full, unit, "the policy keeps no such counters (see schedulers/README.md)");
}

static void add_counters(struct metrics *m, const struct scxb_cpu *cpu)
{
	for (int i = 0; i < SCXB_NR_OPS; i++)
		add_counter(m, METRIC_OP, abi_op[i], cpu ? &cpu->op[i] : NULL);
	for (int i = 0; i < SCXB_NR_COUNTS; i++)
		add_counter(m, METRIC_COUNT, abi_count[i], cpu ? &cpu->count[i] : NULL);
}

static void add_details(struct metrics *m, const struct scxb_cpu_detail *detail)
{
	char name[80];

	for (int i = 0; i < SCXB_NR_DETAILS; i++) {
		snprintf(name, sizeof(name), METRIC_DETAIL "%s", abi_detail[i]);
		bpf_hist(m, name, is_time(abi_detail[i]) ? "ns" : "count", &detail->hist[i]);
	}
}

/* The cost of each op, in ns per call. */
static void add_costs(struct source *s, struct metrics *m)
{
	struct policy_prog now[MAX_PROGS];
	int nr = policy_progs(s->policy, now, MAX_PROGS);
	char name[128];

	for (int i = 0; i < nr && i < s->nr_progs; i++) {
		uint64_t calls = now[i].calls - s->prog[i].calls;

		if (!calls)
			continue;
		snprintf(name, sizeof(name), METRIC_OP_NS "%s", bpf_op_of(now[i].name));
		metrics_add(m, name, "ns", BETTER_LOWER, (double)(now[i].ns - s->prog[i].ns) / calls);
	}
}

/* Changes by ctl or hints since the policy was loaded: then the sample shows more than the policy itself. */
static void add_changes(struct source *s, struct metrics *m)
{
	struct policy_map map = policy_map(s->policy, SCXB_CONTROL_MAP);
	const volatile struct scxb_control *c = map.data;

	if (c && map.value_size == sizeof(*c))
		metrics_add(m, METRIC_CONTROL_CHANGES, "count", BETTER_NONE, c->generation + c->hints);
}

static void counters_end(struct source *s, struct metrics *m)
{
	struct scxb_cpu_detail detail;
	struct scxb_cpu cpu;

	read_counters(s, &cpu, &detail);
	bpf_since(&cpu, &s->cpu, sizeof(cpu));
	bpf_since(&detail, &s->detail, sizeof(detail));
	scxb_derive(&cpu);
	add_counters(m, s->counted ? &cpu : NULL);
	add_changes(s, m);
	if (s->instrumented && s->counted)
		add_details(m, &detail);
	if (s->instrumented)
		add_costs(s, m);
	free(s);
}

const struct source_kind collect_bpf = { .name = "bpf", .begin = counters_begin, .end = counters_end };
