/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schbench: the questions of Chris Mason's schbench, asked anew. Message threads wake workers, and a worker
 * answers a request: it sleeps (the network, a disk), then multiplies matrices. How late does a worker run
 * after its wakeup, how long does a request take, how many are answered?
 *
 * "rate" sends requests at a fixed rate, each due at a time that no delay moves, and their latency counts
 * from then: a stall delays all the requests that were due meanwhile, and is in the latency of each (no
 * coordinated omission). schbench itself counts from when the worker begins. What is not answered in as much
 * time again has the age that it has then. "saturated" gives a worker its next request when it has answered
 * the last, so requests are not due at a time; there the latency counts from the wakeup.
 *
 * Not measured: the price of preemption that schbench makes with a spinlock for each CPU (this is its -L),
 * more than one machine, anything of a real network. The work is fixed, so how much load a rate is depends on
 * the machine: SCHBENCH_OPTIONS takes -m -t -r -R -F -n -s as schbench has them. "real-rate" and
 * "real-saturated" run schbench itself, if it is in PATH.
 */
#include "../kit.h"
#include "schbench.h"

static int schbench_describe(void)
{
	struct options o;

	if (options_read(&o))
		return 1;
	printf("summary messages that wake workers: wakeup and request latency, requests per second\n"
	       "primary request_p99\ndefault no\nsettle_s 5\n"
	       "typical_s %ld.5\ntimeout_s %ld\nidentity m=%ld,t=%ld,r=%ld,R=%ld,F=%ld,n=%ld,s=%ld\n"
	       "variant rate requests at a fixed rate, latency from when each was due\n"
	       "variant saturated a request after the other, as many as can be answered\n"
	       "variant real-rate schbench itself at that rate, which must be in PATH\n"
	       "variant real-saturated schbench itself at saturation\n",
	       o.runtime_s, 30 + 10 * o.runtime_s, o.message_threads, o.threads, o.runtime_s, o.rps,
	       o.footprint_kb, o.operations, o.sleep_us);
	return 0;
}

static void report_seen(const struct options *o, const struct seen *seen)
{
	FILE *out = kit_results();

	latency_report(&seen->wakeup, "wakeup");
	latency_report(&seen->request, "request");
	fprintf(out, "metric rps request/s higher %.2f\n", (double)seen->answered / o->runtime_s);
	fprintf(out, "metric work_done request none %lu\n", latency_count(&seen->request) - seen->unanswered);
	fprintf(out, "metric unanswered request lower %lu\n", seen->unanswered);
}

static int schbench_run(void)
{
	static struct seen seen;
	struct options o;

	if (options_read(&o))
		return 1;
	if (o.real)
		return real_run(&o);
	if (threads_run(&o, &seen))
		return 1;
	report_seen(&o, &seen);
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, schbench_describe, schbench_run);
}
