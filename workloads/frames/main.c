/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames: two loops that make a picture each 16.67 ms, as a game on a display of 60 Hz, alone or beside a
 * load.
 *
 * A frame begins with the display's tick and takes 4 ms of CPU time, 24 % of a CPU: less than a fair share
 * beside the load's two threads for each CPU. It is shown at the first tick after it is done, and then the
 * next one begins; a tick without a new picture is missed.
 *
 * "latency" is how long each tick waits for a picture that was begun at it or later, missed ticks included:
 * as many values however bad it is, so "latency_p99" is what policies are compared by. "frame" is the frame
 * time as games count it, from the end of a frame to the end of the next; "low_1" the frame rate of the
 * slowest hundredth of the frames, by their mean; a stutter is a frame time of at least two ticks.
 *
 * Not measured: a GPU, a compositor, how much work a frame could do (the CPU time is fixed: caches and
 * frequency don't count). Stutters an hour are extrapolated from seconds: one in ten seconds of two loops is
 * 180 an hour.
 */
#include <math.h>
#include <unistd.h>
#include "../kit.h"
#include "../kit/background.h"
#include "../kit/tenant.h"
#include "frames.h"

#define SECONDS 10
#define WORK_MS 4

static double seconds(void)
{
	return (double)kit_env("FRAMES_SECONDS", SECONDS * kit_scale());
}

/* CPU time. */
static double work_ms(void)
{
	return (double)kit_env("FRAMES_WORK_MS", WORK_MS);
}

static int frames_describe(void)
{
	printf("summary frames of 16.67 ms: frame times, 1 %% low, stutters\n"
	       "primary latency_p99\ndefault no\nsettle_s 5\ntypical_s %.1f\ntimeout_s %.0f\n"
	       "identity loops=%d,duration=%gs,frame=%gms,work=%gms\n"
	       "variant alone on an otherwise idle machine\n"
	       "variant loaded beside two threads for each CPU that never sleep\n"
	       "variant build beside make -j, again and again, of what the workload build compiles\n",
	       seconds() + 0.5, 30 + 5 * seconds(), FRAME_LOOPS, seconds(), FRAME_S * 1e3, work_ms());
	return 0;
}

/* The workload build, in a folder of its own below ours. */
static void build_body(void *arg)
{
	(void)arg;
	setenv("BUILD", beside("workloads/build"), 1);
	setenv("SCXB_SCALE", "1", 1);
	execl("/bin/sh", "sh", "-c",
	      "while :; do mkdir b && (cd b && \"$BUILD\" prepare && \"$BUILD\" run) >/dev/null && rm -rf b || exit; done",
	      (char *)NULL);
	_exit(1);
}

/* 0: none; -1: it can't be started. */
static pid_t frames_load(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	struct work *work;

	if (!strcmp(variant, "build"))
		return background_start(build_body, NULL);
	if (strcmp(variant, "loaded") != 0)
		return 0;
	work = hog_memory();
	return work ? background_start(hog_body, work) : -1;
}

static void report_frames(const struct frames *f)
{
	FILE *out = kit_results();
	double low = frames_low(f, 0.01), hours = FRAME_LOOPS * seconds() / 3600;

	latency_report(&f->latency, "latency");
	latency_report(&f->times, "frame");
	if (isnan(low))
		fprintf(out, "absent low_1 frame/s too few frames are a hundredth of all\n");
	else
		fprintf(out, "metric low_1 frame/s higher %.3f\n", low);
	fprintf(out, "metric rate frame/s higher %.3f\n", f->nr / seconds() / FRAME_LOOPS);
	fprintf(out, "metric missed %% lower %.4f\n", 100.0 * f->missed / (f->missed + f->nr));
	fprintf(out, "metric stutters count/h lower %.2f\n", f->stutters / hours);
	fprintf(out, "metric work_done frame none %lu\n", f->nr);
}

static int frames_run(void)
{
	static struct frames frames;
	pid_t load = frames_load();
	int err = load < 0 || frames_take(&frames, seconds(), work_ms() / 1000);

	if (load > 0)
		err = background_end(load) || err;
	if (!err)
		report_frames(&frames);
	return err;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, frames_describe, frames_run);
}
