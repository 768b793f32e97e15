/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/members.h"

#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "judge/differ.h"
#include "topology/topology.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* Machines that could be compared with each other, if they were one: the first of them stands for all. */
struct ground {
	size_t first, nr;
};

struct gathering {
	struct members *m;
	struct ground *ground;
	size_t *of; /* ground of each member */
	size_t nr_grounds;
};

/* Why the runs of two machines have nothing in common but the store; to be freed, NULL: they have. */
static char *reason_apart(const struct run *run, const struct run *of)
{
	struct run same = *run;
	struct differences d;
	char *why;

	same.host = of->host;
	differ_make(&same, of, &d);
	why = d.nr_reasons ? mem_strdup(d.reason[0]) : NULL;
	differ_free(&d);
	return why;
}

static char *shape_of(const struct run *run, const struct member *before, size_t nr)
{
	struct topology t;
	char *shape;

	if (!run->topology_xml || *run->topology_xml != '<')
		return NULL;
	for (size_t i = 0; i < nr; i++)
		if (before[i].run.topology_xml && !strcmp(before[i].run.topology_xml, run->topology_xml))
			return mem_strdup(before[i].shape);
	if (topology_load(run->topology_xml, &t))
		return NULL;
	shape = mem_strdup(topology_line(&t));
	topology_free(&t);
	return shape;
}

static void join_ground(struct gathering *g, size_t i)
{
	size_t at = 0;

	for (; at < g->nr_grounds; at++) {
		char *why = reason_apart(&g->m->member[i].run, &g->m->member[g->ground[at].first].run);

		free(why);
		if (!why)
			break;
	}
	if (at == g->nr_grounds) {
		g->ground = mem_grow(g->ground, g->nr_grounds++, sizeof(*g->ground));
		g->ground[at] = (struct ground){ i, 0 };
	}
	g->ground[at].nr++;
	g->of[i] = at;
}

static void leave_out(struct members *m, size_t i, const struct run *of)
{
	m->member[i].why = reason_apart(&m->member[i].run, of);
	m->out = mem_grow(m->out, m->nr_out, sizeof(*m->out));
	m->out[m->nr_out++] = m->member[i];
}

/* Keeps those of the largest ground; the members come the latest first. */
static void part_grounds(struct members *m)
{
	struct gathering g = { .m = m, .of = mem_zalloc(m->nr, sizeof(*g.of)) };
	size_t most = 0, kept = 0;

	for (size_t i = 0; i < m->nr; i++)
		join_ground(&g, i);
	for (size_t i = 1; i < g.nr_grounds; i++)
		if (g.ground[i].nr > g.ground[most].nr)
			most = i;
	for (size_t i = 0; i < m->nr; i++)
		if (g.of[i] != most)
			leave_out(m, i, &m->member[g.ground[most].first].run);
	for (size_t i = 0; i < m->nr; i++)
		if (g.of[i] == most)
			m->member[kept++] = m->member[i];
	m->nr = kept;
	free(g.ground);
	free(g.of);
}

static char *class_name(const struct member *m)
{
	char *hardware = caption_hardware(&m->run), *name;

	name = m->shape ? mem_printf("%s%s%s", hardware, *hardware ? "; " : "", m->shape)
			: mem_strdup(*hardware ? hardware : "unknown");
	free(hardware);
	return name;
}

static void classify(struct members *m, struct member *member)
{
	char *name = class_name(member);
	unsigned i = 0;

	while (i < m->nr_classes && strcmp(m->class[i], name))
		i++;
	if (i == m->nr_classes) {
		m->class = mem_grow(m->class, i, sizeof(*m->class));
		m->size = mem_grow(m->size, i, sizeof(*m->size));
		m->class[i] = mem_strdup(name);
		m->size[i] = 0;
		m->nr_classes++;
	}
	m->size[i]++;
	member->class = i;
	free(name);
}

/* Numbers two classes the other way round. */
static void swap_classes(struct members *m, unsigned a, unsigned b)
{
	char *name = m->class[a];
	unsigned size = m->size[a];

	m->class[a] = m->class[b];
	m->class[b] = name;
	m->size[a] = m->size[b];
	m->size[b] = size;
	for (size_t i = 0; i < m->nr; i++)
		if (m->member[i].class == a || m->member[i].class == b)
			m->member[i].class = m->member[i].class == a ? b : a;
}

static void order_classes(struct members *m)
{
	for (unsigned i = 1; i < m->nr_classes; i++)
		for (unsigned k = i; k && m->size[k] > m->size[k - 1]; k--)
			swap_classes(m, k - 1, k);
}

static int add_run(struct store *s, const char *id, struct members *m)
{
	struct member *member;
	int err;

	m->member = mem_grow(m->member, m->nr, sizeof(*m->member));
	member = &m->member[m->nr];
	*member = (struct member){ 0 };
	err = store_load_run(s, id, &member->run);
	if (err)
		return err;
	member->shape = shape_of(&member->run, m->member, m->nr);
	m->nr++;
	return 0;
}

/* The latest of each machine, the latest first; what is counted in instructions is the same on all. */
static int list_latest(struct store *s, const struct members_ask *ask, struct store_line **line, size_t *nr)
{
	const struct store_pick pick = { .comparisons = true,
					 .sampled = true,
					 .timed = true,
					 .latest_of_host = true,
					 .tag = ask->tag,
					 .plan = ask->plan };

	return store_list(s, &pick, line, nr);
}

static int take_plan(struct store *s, const struct members_ask *ask, struct members *m)
{
	struct store_line *line;
	size_t nr;
	int err = list_latest(s, ask, &line, &nr);

	if (err)
		return err;
	if (nr)
		m->plan = mem_strdup(line[0].plan);
	store_list_free(line, nr);
	return 0;
}

static int take_lines(struct store *s, const struct members_ask *ask, struct members *m)
{
	struct store_line *line;
	size_t nr;
	int err = list_latest(s, ask, &line, &nr);

	if (err)
		return err;
	for (size_t i = 0; i < nr && !err; i++)
		err = add_run(s, line[i].id, m);
	store_list_free(line, nr);
	return err;
}

int members_load(struct store *s, const struct members_ask *ask, struct members *m)
{
	int err = 0;

	*m = (struct members){ .plan = mem_strdup(ask->plan) };
	if (!m->plan)
		err = take_plan(s, ask, m);
	if (!err && m->plan)
		err = take_lines(s, &(struct members_ask){ m->plan, ask->tag }, m);
	if (err)
		return err;
	if (!m->nr)
		return log_err(-CAUSE_NOT_FOUND,
			       "no machine has a stored run%s%s%s%s: 'scxbench report --list' names the runs",
			       ask->plan ? " of plan " : "", ask->plan ? ask->plan : "",
			       ask->tag ? " tagged " : "", ask->tag ? ask->tag : "");
	part_grounds(m);
	for (size_t i = 0; i < m->nr; i++)
		classify(m, &m->member[i]);
	order_classes(m);
	return 0;
}

static void free_members(struct member *member, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		run_free(&member[i].run);
		free(member[i].shape);
		free(member[i].why);
	}
	free(member);
}

void members_free(struct members *m)
{
	free_members(m->member, m->nr);
	free_members(m->out, m->nr_out);
	for (unsigned i = 0; i < m->nr_classes; i++)
		free(m->class[i]);
	free(m->class);
	free(m->size);
	free(m->plan);
}

int members_host(const struct members *m, const char *host)
{
	for (size_t i = 0; i < m->nr; i++)
		if (host && !strcmp(m->member[i].run.host, host))
			return (int)i;
	return -1;
}

int members_host_near(const struct members *m, const char *host, size_t *near)
{
	int at;

	if (*near < m->nr && host && !strcmp(m->member[*near].run.host, host))
		return (int)*near;
	at = members_host(m, host);
	if (at >= 0)
		*near = (size_t)at;
	return at;
}

char *member_name(const struct member *m)
{
	return mem_printf("%.12s", m->run.host);
}

bool members_emulated(const struct members *m)
{
	return m->nr && m->member[0].run.emulated;
}
