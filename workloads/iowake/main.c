/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iowake: readers that sleep for their data, one for each CPU, beside two threads for each CPU that never
 * sleep. After each read they work for 50 us. How long is it until a reader runs that has its data?
 *
 * "pipe": a writer for each reader writes the time every 2 ms; the latency is from that to when the reader
 * has it, so from the completion to running, and nothing else (the kernel wakes it with the hint that the
 * writer will sleep soon). Writers that the load delays write less often, which is "work_done", not latency.
 *
 * "read": the readers read 4 KiB at random offsets of a file, past the page cache, one after the other (as
 * fio with direct=1 and iodepth=1). The latency is that of the whole read: nobody tells a process when the
 * device was done, so the device is in it, equally for all policies. IO_FILE names the file, which must be on
 * a device that takes its time; it is this program itself where none is given. Where readers did not sleep in
 * most of their reads there is no result.
 */
#include "../kit.h"
#include "../kit/background.h"
#include "../kit/tenant.h"
#include "iowake.h"

#define SECONDS 2

static long seconds(void)
{
	return SECONDS * kit_scale();
}

static int iowake_describe(void)
{
	printf("summary readers that sleep for their data beside a CPU load: latency\n"
	       "primary latency_p99\ndefault no\nsettle_s 5\ntypical_s %ld.5\ntimeout_s %ld\nidentity duration=%lds\n"
	       "variant pipe from a writer's completion to running\n"
	       "variant read direct reads of a file (IO_FILE=), device included\n",
	       seconds(), 30 + 10 * seconds(), seconds());
	return 0;
}

static void report_waits(const struct waits *w, double load)
{
	FILE *out = kit_results();

	latency_report(&w->latency, "latency");
	fprintf(out, "metric reads read/s higher %.2f\n", (double)w->reads / (double)seconds());
	fprintf(out, "metric work_done read none %lu\n", w->reads);
	fprintf(out, "metric load_work loops/s higher %.1f\n", load / (double)seconds());
}

static int iowake_run(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	static struct waits waits;
	struct work *work = hog_memory();
	pid_t load = work ? background_start(hog_body, work) : -1;
	uint64_t before = load < 0 ? 0 : hog_work(work);
	int err = load < 0 || (strcmp(variant, "read") ? pipes_take : reads_take)(&waits, seconds());
	double done = load < 0 ? 0 : (double)(hog_work(work) - before);

	if (load > 0)
		err = background_end(load) || err;
	if (!err)
		report_waits(&waits, done);
	return err;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, iowake_describe, iowake_run);
}
