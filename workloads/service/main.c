/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service: a tenant that answers requests beside a batch of the same weight. See ../README.md.
 *
 * In its first and last third it needs 10 % of every CPU, in the middle one more than the share of its
 * weight. Then it falls behind unless it is given more. In the variant "controlled" a controller may do that.
 */
#include <math.h>
#include <stdbool.h>
#include "../kit.h"
#include "../kit/undo.h"
#include "service.h"
#include "util/clock.h"

#define SECONDS 6
#define TARGET_US 20000
#define TELL_S 0.25
#define CALM_S 0.001
#define BUSY_S 0.0045

/* This process, the controller and what it runs are in SCHED_FIFO. */
#define EXT_SHARE 0.9

enum { SERVICE, BATCH, TENANTS };

struct run {
	double seconds, target_us;
	bool controlled;
	struct tenant tenant[TENANTS];
	struct requests *requests;
	struct work *work;
};

static struct run options(void)
{
	return (struct run){ .seconds = SECONDS * kit_scale(),
			     .target_us = kit_env("SERVICE_TARGET_US", TARGET_US),
			     .controlled = !strcmp(getenv("SCXB_VARIANT") ?: "", "controlled"),
			     .tenant = { { "service", 1, 0, 0 }, { "batch", 1, 0, 0 } } };
}

static int describe_service(void)
{
	struct run r = options();

	printf("summary requests answered beside a batch: latency, and what is left for the batch\n"
	       "primary latency_p99\ndefault no\nsettle_s 5\next_share %.2f\nundo yes\nneeds root\n"
	       "typical_s %.1f\ntimeout_s %.0f\nidentity seconds=%g,target=%gus\n"
	       "variant alone weights stay as they are\n"
	       "variant controlled an external controller changes the batch's weight to hold the target\n",
	       EXT_SHARE, r.seconds + TENANT_WARM_UP_S + 1, 60 + 3 * r.seconds, r.seconds, r.target_us);
	return 0;
}

static int start_service(struct run *r)
{
	r->requests = requests_make(r->seconds + TENANT_WARM_UP_S + 60);
	r->work = hog_memory();
	if (!r->requests || !r->work)
		return 1;
	requests_cost(r->requests, CALM_S);
	return tenant_start(&r->tenant[BATCH], hog_body, r->work)
		       ?: tenant_start(&r->tenant[SERVICE], requests_body, r->requests);
}

/* Lets them run for so long, and gives the controller the latency of the service. */
static void go_on(struct run *r, double cost, double seconds)
{
	double begun = clock_s();

	requests_cost(r->requests, cost);
	for (int i = 1; i <= lround(seconds / TELL_S); i++) {
		double latency;

		clock_sleep_until(begun + i * TELL_S);
		latency = requests_latency(r->requests);
		if (latency > 0)
			balance_tell(latency);
	}
}

static void report_latency(const struct run *r)
{
	size_t nr, over = 0;
	double *all = requests_sorted(r->requests, &nr);
	FILE *out = kit_results();

	if (!all || !nr) {
		fprintf(out, "absent latency_p99 us no request was due\n");
		return;
	}
	for (size_t i = 0; i < nr; i++)
		over += all[i] > r->target_us;
	fprintf(out, "metric latency_p50 us lower %.1f\n", all[(nr - 1) / 2]);
	fprintf(out, "metric latency_p99 us lower %.1f\n", all[(size_t)ceil(0.99 * nr) - 1]);
	fprintf(out, "metric latency_worst us lower %.1f\n", all[nr - 1]);
	fprintf(out, "metric over_target %% lower %.2f\n", 100.0 * over / nr);
	fprintf(out, "metric work_done request none %zu\n", nr);
	free(all);
}

static void report_changes(const struct run *r)
{
	long changes = balance_end();

	if (changes >= 0)
		fprintf(kit_results(), "metric changes count none %ld\n", changes);
	else
		fprintf(kit_results(), "absent changes count %s\n",
			r->controlled ? "this scheduler can't be steered" : "without a controller");
}

static int watch_service(struct run *r)
{
	uint64_t worked;
	double begun;

	go_on(r, CALM_S, TENANT_WARM_UP_S);
	requests_keep(r->requests);
	begun = clock_s();
	worked = hog_work(r->work);
	go_on(r, CALM_S, r->seconds / 3);
	go_on(r, BUSY_S, r->seconds / 3);
	go_on(r, CALM_S, r->seconds / 3);
	report_latency(r);
	fprintf(kit_results(), "metric batch_work loops/s higher %.1f\n",
		(hog_work(r->work) - worked) / (clock_s() - begun));
	report_changes(r);
	return 0;
}

static int run_service(void)
{
	struct run r = options();
	int err = tenants_begin(r.tenant, TENANTS) ?: start_service(&r);

	/* Not before the tenants, which would hold its input open. */
	if (!err && r.controlled)
		err = balance_begin(r.tenant[BATCH].group, r.target_us);
	err = err ?: watch_service(&r);
	return tenants_end(r.tenant, TENANTS) || err;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "undo"))
		return undo_all();
	return kit_main(argc, argv, describe_service, run_service);
}
