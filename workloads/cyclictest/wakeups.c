/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wakeups.h"
#include <errno.h>
#include <stddef.h>
#include "../kit.h"

/* The thread that is being read. */
static struct thread {
	uint64_t bin[BINS];
	uint64_t top; /* below it are all bins that are not empty */
	uint64_t cycles, binned, early, uncounted, late, missed, max;
	bool any, back; /* back: it has seen its clock step back */
} now;

static bool is_latency(const struct window *w, uint64_t value)
{
	return value <= w->longest_us;
}

/* A negative value is read as a huge one, as if cyclictest had printed it without its sign. */
static void read_bin(const struct window *w, uint64_t value, uint64_t count)
{
	if (value < BINS) {
		now.bin[value] += count;
		now.binned += count;
		if (value >= now.top)
			now.top = value + 1;
	} else if (!is_latency(w, value)) {
		now.back = true;
		now.early += count;
	}
}

static void read_line(const char *line, const struct window *w)
{
	uint64_t value, count;

	if (sscanf(line, " \"%lu\": %lu", &value, &count) == 2)
		read_bin(w, value, count);
	else if (sscanf(line, " \"cycles\": %lu", &value) == 1)
		now.cycles = value;
	else if (sscanf(line, " \"min\": %lu", &value) == 1)
		now.back |= !is_latency(w, value);
	else if (sscanf(line, " \"max\": %lu", &value) == 1)
		now.max = value;
}

/*
 * Wakeups that were skipped while a thread was late are added below its own, so one walk downwards is enough.
 * How late those beyond the histogram were is not known: the wakeups that they skipped count as late as
 * possible.
 */
static void put_back_missed(uint64_t room)
{
	uint64_t running[PERIOD_US] = { [PERIOD_US - 1] = now.late };

	for (uint64_t late = now.late ? BINS : now.top; late-- && room;) {
		uint64_t *above = &running[late % PERIOD_US], measured = now.bin[late];
		uint64_t back = *above < room ? *above : room;

		now.bin[late] += back;
		now.missed += back;
		room -= back;
		*above += measured;
	}
	if (now.late)
		now.top = BINS;
}

/* What was skipped when a wakeup was still later than the histogram's end. */
static uint64_t missed_beyond(uint64_t room)
{
	uint64_t most = now.late ? now.late * ((now.max - BINS) / PERIOD_US) : 0;

	return most < room ? most : room;
}

static uint64_t lacking(const struct window *w)
{
	return w->cycles > now.cycles + now.missed ? w->cycles - now.cycles - now.missed : 0;
}

/*
 * What are the cycles without a bin? A late one would have skipped a thousand: if the thread lacks almost
 * none (1 %), then they were early. false: they can't be told apart.
 */
static bool sort_unbinned(const struct window *w, uint64_t unbinned)
{
	bool wrapped = !is_latency(w, now.max);

	now.back |= wrapped;
	if (!wrapped && now.max >= BINS)
		now.late = unbinned;
	else if (now.back)
		now.early += unbinned;
	else
		now.uncounted = unbinned;
	put_back_missed(lacking(w));
	return !unbinned || !now.back || (!now.late && (!wrapped || lacking(w) * 100 <= w->cycles));
}

static void add_thread(struct wakeups *all, uint64_t beyond, const struct window *w)
{
	uint64_t done = now.cycles + now.missed;
	uint64_t max = now.late ? now.max : 0;

	for (uint64_t i = 0; i < now.top; i++)
		all->bin[i] += now.bin[i];
	all->overflow += now.late + beyond;
	all->cycles += now.cycles;
	all->measured += now.binned + now.late;
	all->early += now.early;
	all->missed += now.missed;
	all->unaccounted += now.uncounted + (done > w->cycles ? done - w->cycles : w->cycles - done);
	all->threads++;
	if (max > all->max)
		all->max = max;
}

static int end_thread(struct wakeups *all, const struct window *w)
{
	uint64_t beyond, highest = now.top ? now.top - 1 : 0;

	if (now.binned + now.early > now.cycles)
		return kit_fail("cyclictest counted %lu cycles and binned %lu", now.cycles,
				now.binned + now.early);
	all->clock |= !sort_unbinned(w, now.cycles - now.binned - now.early);
	if (highest > all->max)
		all->max = highest;
	beyond = missed_beyond(lacking(w));
	now.missed += beyond;
	add_thread(all, beyond, w);
	memset(now.bin, 0, now.top * sizeof(*now.bin));
	memset(&now.top, 0, sizeof(now) - offsetof(struct thread, top));
	return 0;
}

/* The histogram of each thread, a line per bin, and after it the totals of the thread. */
static int read_threads(FILE *in, const struct window *w, struct wakeups *all)
{
	unsigned long nr;
	char line[256], brace;

	while (fgets(line, sizeof(line), in)) {
		if (sscanf(line, " \"%lu\": %c", &nr, &brace) != 2 || brace != '{') {
			read_line(line, w);
			continue;
		}
		if (now.any && end_thread(all, w))
			return 1;
		now.any = true;
	}
	return now.any ? end_thread(all, w) : 0;
}

int wakeups_read(const char *path, const struct window *w, struct wakeups *all)
{
	FILE *in = fopen(path, "r");
	uint64_t lost;
	int err;

	if (!in)
		return kit_fail("cyclictest left no %s: %s", path, strerror(errno));
	err = read_threads(in, w, all);
	fclose(in);
	if (err)
		return err;
	if (!all->cycles)
		return kit_fail("cyclictest counted no cycles");
	lost = w->threads > all->threads ? w->threads - all->threads : all->threads - w->threads;
	all->unaccounted += lost * w->cycles;
	all->clock |= all->early * 100 > w->threads * w->cycles;
	return 0;
}
