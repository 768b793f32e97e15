/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fleet by its numbers: each machine's log ratio under one workload and one policy. */
#pragma once
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/fleet.h"
#include "util/mem.h"

/* A machine of class 0 or 1, and what it has. */
struct made_host {
	double x;
	unsigned class;
	enum status worst;
};

static inline struct member made_member(size_t i, unsigned class)
{
	struct member m = { .shape = mem_strdup(class ? "1 package, 4 CPUs (SMT 1)"
						      : "2 packages, 8 CPUs (SMT 2)"),
			    .class = class };

	m.run = (struct run){ .id = mem_printf("run-%zu", i),
			      .plan = mem_strdup("nightly"),
			      .where = mem_strdup("native"),
			      .host = mem_printf("host-%zu", i),
			      .ended = mem_strdup("all blocks are taken"),
			      .policies = mem_zalloc(1, sizeof(char *)),
			      .env = mem_zalloc(2, sizeof(struct pair)),
			      .nr_env = 2 };
	m.run.env[0] = (struct pair){ mem_strdup("cpu"), mem_strdup(class ? "Xeon" : "EPYC") };
	m.run.env[1] = (struct pair){ mem_strdup("kernel"), mem_strdup("7.3.4") };
	return m;
}

static inline struct members made_members(const struct made_host *host, size_t nr)
{
	struct members m = { .plan = mem_strdup("nightly"),
			     .member = mem_zalloc(nr, sizeof(*m.member)),
			     .nr = nr,
			     .class = mem_zalloc(2, sizeof(*m.class)),
			     .size = mem_zalloc(2, sizeof(*m.size)) };

	for (size_t i = 0; i < nr; i++) {
		m.member[i] = made_member(i, host[i].class);
		m.size[host[i].class]++;
	}
	m.nr_classes = m.size[1] ? 2 : 1;
	m.class[0] = mem_strdup("EPYC");
	m.class[1] = mem_strdup("Xeon");
	if (m.nr_classes == 1)
		free(m.class[1]);
	return m;
}

/* Not judged yet. Each machine has 15 blocks and an error of 0.2 %. */
static inline struct fleet_view made_fleet(const struct members *m, const struct made_host *host)
{
	struct fleet_view f = { .members = m,
				.margin = 0.02,
				.work = mem_zalloc(1, sizeof(*f.work)),
				.nr_works = 1,
				.policy = mem_zalloc(1, sizeof(*f.policy)),
				.nr_policies = 1,
				.cell = mem_zalloc(1, sizeof(*f.cell)) };

	f.work[0] =
		(struct fleet_work){ mem_strdup("build"), mem_strdup("time"), mem_strdup("s"), BETTER_LOWER };
	f.policy[0] = mem_strdup("fifo");
	f.cell[0].one = mem_zalloc(m->nr, sizeof(*f.cell[0].one));
	f.cell[0].class = mem_zalloc(m->nr_classes, sizeof(*f.cell[0].class));
	for (size_t i = 0; i < m->nr; i++)
		f.cell[0].one[i] = (struct fleet_one){ .host = { host[i].x, 0.002, 15 },
						       .ok = host[i].worst == STATUS_OK ? 15 : 14,
						       .due = 15,
						       .worst = host[i].worst,
						       .stray = NAN };
	return f;
}
