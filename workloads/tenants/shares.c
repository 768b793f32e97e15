/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tenants receive that want as much as they can get, over sliding windows. */
#include <math.h>
#include "../kit.h"
#include "../kit/group.h"
#include "../kit/tenant.h"
#include "monitor/fairness.h"
#include "monitor/fairness_read.h"
#include "tenants.h"
#include "util/clock.h"

#define WINDOW_STEPS 20
#define STEP_S 0.05

struct sample {
	double when, used[MAX_TENANTS]; /* s, CPU s so far */
};

struct shares {
	const struct options *o;
	long cpus, nr; /* nr: of samples */
	struct sample *sample;
	struct fairness found;
	struct work *work[MAX_TENANTS];
	uint64_t worked;
};

static int shares_take(struct shares *s)
{
	struct sample *now = &s->sample[s->nr++];

	now->when = clock_s();
	for (unsigned i = 0; i < s->o->nr; i++) {
		const char *path = group_file(s->o->tenant[i].group, "") + strlen("/sys/fs/cgroup/");

		if (fairness_read_cgroup(path, &now->used[i]))
			return kit_fail("%s/cpu.stat can't be read", path);
	}
	return 0;
}

static uint64_t work_of_all(const struct shares *s)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < s->o->nr; i++)
		sum += hog_work(s->work[i]);
	return sum;
}

static int shares_watch(struct shares *s)
{
	double begun = clock_s();
	int err = 0;

	s->worked = -work_of_all(s);
	while (!err && clock_s() - begun < s->o->seconds) {
		err = shares_take(s);
		clock_sleep_until(s->sample[s->nr - 1].when + STEP_S);
	}
	s->worked += work_of_all(s);
	return err;
}

/* Each has more threads than there are CPUs, and none ever sleeps: it wants the machine. */
static void add_window(struct shares *s, const struct sample *from, const struct sample *to)
{
	double seconds = to->when - from->when;
	struct fairness_claim claim[MAX_TENANTS];

	for (unsigned i = 0; i < s->o->nr; i++)
		claim[i] = (struct fairness_claim){ .weight = s->o->tenant[i].weight,
						    .most = quota_most(&s->o->tenant[i], s->cpus) * seconds,
						    .received = to->used[i] - from->used[i],
						    .wanted = s->cpus * seconds };
	fairness_add(&s->found, claim, to->when - s->sample->when, seconds);
}

static double longest_without(const struct shares *s, unsigned tenant)
{
	double longest = 0, since = s->sample->when;

	for (long i = 1; i < s->nr; i++) {
		if (s->sample[i].used[tenant] > s->sample[i - 1].used[tenant])
			since = s->sample[i].when;
		longest = fmax(longest, s->sample[i].when - since);
	}
	return longest;
}

static void report_tenants(const struct shares *s)
{
	double all = 0, starved = 0;
	FILE *out = kit_results();

	for (unsigned i = 0; i < s->o->nr; i++) {
		all += s->found.share[i].received;
		starved = fmax(starved, longest_without(s, i));
	}
	for (unsigned i = 0; i < s->o->nr; i++) {
		const struct fairness_share *share = &s->found.share[i];

		fprintf(out, "metric share.%u %% none %.2f\n", i + 1, 100 * share->received / all);
		fprintf(out, "metric deserved.%u %% none %.2f\n", i + 1, 100 * share->deserved / all);
	}
	if (starved > 0)
		fprintf(out, "metric starved s lower %.3f\n", starved);
	else
		fprintf(out, "absent starved s each received some in every step of %g s\n", STEP_S);
}

static int shares_report(struct shares *s)
{
	FILE *out = kit_results();

	for (long i = WINDOW_STEPS; i < s->nr; i++)
		add_window(s, &s->sample[i - WINDOW_STEPS], &s->sample[i]);
	if (!s->found.windows)
		return kit_fail("not one window of %g s: the machine was stalled", WINDOW_STEPS * STEP_S);
	fprintf(out, "metric jain index higher %.6f\n", s->found.jain);
	fprintf(out, "metric jain_worst index higher %.6f\n", s->found.jain_least);
	fprintf(out, "metric share_error %% lower %.3f\n", 100 * s->found.error);
	fprintf(out, "metric share_error_worst %% lower %.3f\n", 100 * s->found.error_most);
	fprintf(out, "metric work loops/s higher %.1f\n",
		s->worked / (s->sample[s->nr - 1].when - s->sample->when));
	fprintf(out, "metric work_done loop none %.0f\n", (double)s->worked);
	report_tenants(s);
	return 0;
}

int shares_run(struct options *o, long cpus)
{
	struct shares s = { .o = o,
			    .cpus = cpus,
			    .sample = calloc(o->seconds / STEP_S + 2, sizeof(*s.sample)) };
	int err = 0;

	if (!s.sample)
		return kit_fail("no memory");
	for (unsigned i = 0; !err && i < o->nr; i++) {
		s.work[i] = hog_memory();
		err = s.work[i] ? tenant_start(&o->tenant[i], hog_body, s.work[i]) : 1;
	}
	if (!err) {
		clock_sleep_until(clock_s() + TENANT_WARM_UP_S);
		err = shares_watch(&s);
	}
	fairness_begin(&s.found, o->nr);
	err = err ?: shares_report(&s);
	fairness_free(&s.found);
	free(s.sample);
	return err;
}
