/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The energy of a sample by the kernel's powercap (RAPL): that of all packages, of their cores and of their
 * DRAM, in J, and that of the packages for a unit of work. A counter wraps after some minutes under full
 * load; a sample that may have seen two turns of one has no value.
 */
#include <errno.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "collect/per_work.h"
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

/* Its sibling intel-rapl-mmio counts the same packages again. */
#define DOMAINS "/sys/class/powercap/intel-rapl:*"
/* A package takes more than its rating for a while. */
#define OVER_RATING 2

static const struct {
	const char *metric, *name; /* its domains' names begin with this: "package-0", "package-1-die-0" */
} kinds[] = { { METRIC_ENERGY_PACKAGE, "package" },
	      { METRIC_ENERGY_CORE, "core" },
	      { METRIC_ENERGY_DRAM, "dram" } };
#define NR (sizeof(kinds) / sizeof(*kinds))

struct domain {
	char *path;
	size_t kind;
	uint64_t before; /* uJ */
	int err;
};

struct source {
	struct domain *domain;
	size_t nr;
	double at_s;
};

static int read_number(const struct domain *d, const char *file, uint64_t *value)
{
	char *path = mem_printf("%s/%s", d->path, file);
	int err = fs_read_u64(path, value);

	free(path);
	return err;
}

static bool is_kind(const char *name, size_t kind)
{
	size_t len = strlen(kinds[kind].name);

	return !strncmp(name, kinds[kind].name, len) && (!name[len] || name[len] == '-');
}

static void find_domain(struct source *s, const char *path)
{
	char *file = mem_printf("%s/name", path), *name;
	size_t kind = 0;

	if (!fs_read_line(file, &name)) {
		while (kind < NR && !is_kind(name, kind))
			kind++;
		if (kind < NR) {
			s->domain = mem_grow(s->domain, s->nr, sizeof(*s->domain));
			s->domain[s->nr++] = (struct domain){ .path = mem_strdup(path), .kind = kind };
		}
	}
	free(name);
	free(file);
}

static struct source *energy_begin(const struct source_ctx *ctx)
{
	struct source *s = mem_zalloc(1, sizeof(*s));
	glob_t g = { 0 };

	(void)ctx;
	if (!glob(fs_sys(DOMAINS), 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			find_domain(s, g.gl_pathv[i]);
	globfree(&g);
	for (size_t i = 0; i < s->nr; i++)
		s->domain[i].err = read_number(&s->domain[i], "energy_uj", &s->domain[i].before);
	s->at_s = clock_s();
	return s;
}

/* May the counter have gone round more than once? Where a rating is not known it is trusted. */
static bool may_hide_turns(const struct domain *d, uint64_t range, double seconds)
{
	uint64_t rating_uw;

	return !read_number(d, "constraint_0_max_power_uw", &rating_uw) &&
	       OVER_RATING * (double)rating_uw * seconds > (double)range;
}

/* Adds the J since the beginning. Returns why there are none, or NULL. */
static const char *add_energy(const struct domain *d, double seconds, double *joules)
{
	uint64_t now = 0, range = 0;
	int err = d->err ? d->err : read_number(d, "energy_uj", &now);
	bool ranged = !read_number(d, "max_energy_range_uj", &range) && range;

	if (err)
		return err == -EACCES || err == -EPERM ? "only root may read powercap"
						       : "a powercap domain can't be read";
	if (ranged && may_hide_turns(d, range, seconds))
		return "so long a sample may hide a turn of the counter";
	if (now < d->before && !ranged)
		return "the counter wrapped, and its range is not known";
	*joules += 1e-6 * (double)(now < d->before ? range - d->before + now : now - d->before);
	return NULL;
}

static void add_kind(const struct source *s, size_t kind, struct metrics *m)
{
	double seconds = clock_s() - s->at_s, joules = 0;
	const char *why = s->nr ? "powercap has no such domain here" : "this machine has no powercap domain";
	bool any = false;

	for (size_t i = 0; i < s->nr; i++) {
		if (s->domain[i].kind != kind || (any && why))
			continue;
		why = add_energy(&s->domain[i], seconds, &joules);
		any = true;
	}
	if (why)
		metrics_absent(m, kinds[kind].metric, "J", why);
	else
		metrics_add(m, kinds[kind].metric, "J", BETTER_LOWER, joules);
}

static void energy_end(struct source *s, struct metrics *m)
{
	static const struct per_work per_work = { METRIC_ENERGY_PACKAGE, METRIC_ENERGY_WORK, "J" };

	for (size_t kind = 0; kind < NR; kind++)
		add_kind(s, kind, m);
	per_work_add(m, &per_work);
	for (size_t i = 0; i < s->nr; i++)
		free(s->domain[i].path);
	free(s->domain);
	free(s);
}

const struct source_kind collect_energy = { .name = "energy", .begin = energy_begin, .end = energy_end };
