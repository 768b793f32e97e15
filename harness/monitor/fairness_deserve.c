/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weighted max-min fairness by progressive filling: see fairness.h. */
#include <math.h>
#include "monitor/fairness.h"

/* Tasks that may run nowhere but on these CPUs share their time; NULL: the machine, and all that was
 * received. */
struct room {
	const struct fairness_cpus *one, *other; /* both together */
	double capacity;
};

struct filling {
	struct fairness_claim *claim;
	unsigned nr;
	double seconds;
	double level; /* what each weight of 1 has by now, if nothing holds it back */
	struct room full;
};

double fairness_bound(const struct fairness_claim *c)
{
	return fmin(c->wanted, c->most);
}

static bool is_inside(const struct fairness_claim *c, const struct room *r)
{
	if (!r->one)
		return true;
	for (unsigned i = 0; c->may && i < FAIRNESS_CPU_WORDS; i++)
		if (c->may->word[i] & ~(r->one->word[i] | r->other->word[i]))
			return false;
	return c->may;
}

static double nr_cpus(const struct room *r)
{
	int nr = 0;

	for (unsigned i = 0; i < FAIRNESS_CPU_WORDS; i++)
		nr += __builtin_popcountl(r->one->word[i] | r->other->word[i]);
	return nr;
}

/* The level at which the room is full. */
static void try_room(struct filling *f, const struct room *r)
{
	double left = r->capacity, weights = 0;

	for (unsigned i = 0; i < f->nr; i++) {
		const struct fairness_claim *c = &f->claim[i];

		if (!is_inside(c, r))
			continue;
		if (isnan(c->deserved))
			weights += c->weight;
		else
			left -= c->deserved;
	}
	if (weights <= 0 || fmax(0, left) / weights >= f->level)
		return;
	f->level = fmax(0, left) / weights;
	f->full = *r;
}

/* Those of one target, and of two together: what is tighter by three is not seen. */
static void try_rooms(struct filling *f)
{
	double received = 0;

	for (unsigned i = 0; i < f->nr; i++)
		received += f->claim[i].received;
	f->level = INFINITY;
	try_room(f, &(struct room){ .capacity = received });
	for (unsigned i = 0; i < f->nr; i++)
		for (unsigned n = i; f->claim[i].may && n < f->nr; n++) {
			struct room r = { f->claim[i].may, f->claim[n].may, 0 };

			if (!r.other)
				continue;
			r.capacity = nr_cpus(&r) * f->seconds;
			try_room(f, &r);
		}
}

/* Gives those that want no more than the level all they want. True when there was one. */
static bool serve_modest(struct filling *f)
{
	bool any = false;

	for (unsigned i = 0; i < f->nr; i++) {
		struct fairness_claim *c = &f->claim[i];

		if (!isnan(c->deserved) || fairness_bound(c) > c->weight * f->level)
			continue;
		c->deserved = fairness_bound(c);
		any = true;
	}
	return any;
}

static void serve_full_room(struct filling *f)
{
	for (unsigned i = 0; i < f->nr; i++)
		if (isnan(f->claim[i].deserved) && is_inside(&f->claim[i], &f->full))
			f->claim[i].deserved = f->claim[i].weight * f->level;
}

void fairness_deserve(struct fairness_claim *claim, unsigned nr, double seconds)
{
	struct filling f = { .claim = claim, .nr = nr, .seconds = seconds };

	for (unsigned i = 0; i < nr; i++)
		claim[i].deserved = NAN;
	for (try_rooms(&f); !isinf(f.level); try_rooms(&f))
		if (!serve_modest(&f))
			serve_full_room(&f);
}
