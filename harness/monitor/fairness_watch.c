/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/fairness_watch.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "control/quota.h"
#include "monitor/fairness_read.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define CPU_STEPS 10		  /* affinities are read again */
#define RING (FAIRNESS_STEPS + 1) /* from the beginning of a window to its end */

struct thread {
	pid_t tid;
	unsigned target;
	long seen; /* the last step in which it existed */
	struct thread_times now;
	double pending; /* part of its present wait that is in neither time */
	double ran[RING], waited[RING];
};

struct watched {
	double received; /* so far; for a process the run time of all its threads, ended ones included */
	double before[RING];
	double starved, starved_most;
	bool ready, was_ready; /* at least one thread, in this step and the one before */
	struct fairness_cpus
		may;   /* where its threads may run, as of the last step of CPU_STEPS, and new ones */
	bool anywhere; /* of a thread this is not known */
};

struct fairness_watch {
	const struct fairness_target *target;
	unsigned nr;
	double cpus;
	struct watched *watched;
	struct thread *thread;
	size_t nr_threads, at; /* at: the next thread, if they come in the same order again */
	long step;	       /* -1 before the first */
	double when[RING];
};

struct fairness_watch *fairness_watch_begin(const struct fairness_target *target, unsigned nr, double cpus)
{
	struct fairness_watch *w = mem_zalloc(1, sizeof(*w));

	w->target = target;
	w->nr = nr;
	w->cpus = cpus;
	w->watched = mem_zalloc(nr, sizeof(*w->watched));
	w->step = -1;
	return w;
}

void fairness_watch_end(struct fairness_watch *w)
{
	if (!w)
		return;
	free(w->thread);
	free(w->watched);
	free(w);
}

/* The value of a name after its "kind:"; NULL: it is of another kind. */
static const char *value_of(const struct fairness_target *t, const char *kind)
{
	return strncmp(t->name, kind, strlen(kind)) ? NULL : t->name + strlen(kind);
}

/* A cgroup's path below the root, without the root that a user may have written. */
static const char *path_of(const char *path)
{
	const char *root = fs_sys("/sys/fs/cgroup");

	return strncmp(path, root, strlen(root)) ? path : path + strlen(root);
}

static struct thread *fairness_watch_find(struct fairness_watch *w, pid_t tid)
{
	for (size_t i = 0; i < w->nr_threads; i++) {
		struct thread *t = &w->thread[(w->at + i) % w->nr_threads];

		if (t->tid != tid)
			continue;
		w->at = t - w->thread + 1;
		return t;
	}
	return NULL;
}

static unsigned slot(const struct fairness_watch *w)
{
	return w->step % RING;
}

static double elapsed(const struct fairness_watch *w)
{
	return w->step ? w->when[slot(w)] - w->when[(w->step - 1) % RING] : 0;
}

/* Its present times count as those before this step, because a part of a step can't be known. */
static struct thread *fairness_watch_add(struct fairness_watch *w, const struct thread_times *now,
					 struct thread new)
{
	struct thread *t;

	w->thread = mem_grow(w->thread, w->nr_threads, sizeof(*t));
	t = &w->thread[w->nr_threads++];
	*t = new;
	t->now = *now;
	for (int i = 0; i < RING; i++) {
		t->ran[i] = now->ran;
		t->waited[i] = now->waited;
	}
	return t;
}

/* The wait so far, which the kernel adds only when it is over, as far as it can be known. */
static double pending(const struct thread *t, const struct thread_times *now, double elapsed)
{
	double told = now->ran - t->now.ran + now->waited - t->now.waited;

	if (!now->ready)
		return 0;
	return told > 0 ? fmax(0, elapsed - told) : t->pending + elapsed;
}

struct scan {
	struct fairness_watch *w;
	unsigned target;
	bool process;
	int err;
};

static void read_thread(void *ctx, pid_t tid)
{
	struct scan *s = ctx;
	struct fairness_watch *w = s->w;
	struct watched *of = &w->watched[s->target];
	struct thread_times now;
	struct thread *t = fairness_watch_find(w, tid);
	int err = fairness_read_thread(tid, &now);

	if (t && t->seen == w->step)
		err = -EEXIST; /* or it moved just now: then it counts from the next step on */
	if (err) {
		s->err = err == -ENOTSUP || (err == -EEXIST && !w->step) ? err : s->err;
		return;
	}
	if (!t || w->step % CPU_STEPS == 0)
		of->anywhere |= fairness_read_cpus(tid, &of->may) != 0;
	if (!t) {
		of->received += s->process && w->step ? now.ran : 0;
		t = fairness_watch_add(w, &now, (struct thread){ .tid = tid });
	}
	t->target = s->target;
	of->received += s->process ? now.ran - t->now.ran : 0;
	of->ready |= now.ready;
	t->pending = pending(t, &now, elapsed(w));
	t->now = now;
	t->seen = w->step;
	t->ran[slot(w)] = now.ran;
	t->waited[slot(w)] = now.waited + t->pending;
}

static int read_target(struct fairness_watch *w, unsigned i)
{
	const char *pid = value_of(&w->target[i], "pid:"), *cgroup = value_of(&w->target[i], "cgroup:");
	struct scan scan = { .w = w, .target = i, .process = pid };
	struct thread_visit visit = { read_thread, &scan };
	struct watched *of = &w->watched[i];
	int err;

	if (w->step % CPU_STEPS == 0) {
		of->may = (struct fairness_cpus){ 0 };
		of->anywhere = false;
	}
	of->was_ready = of->ready;
	of->ready = false;
	if (pid)
		err = fairness_each_of_process(atoi(pid), &visit);
	else
		err = fairness_read_cgroup(path_of(cgroup), &of->received)
			      ?: fairness_each_of_cgroup(path_of(cgroup), &visit);
	if (err == -ENOENT || err == -ENODEV || err == -ESRCH)
		return log_err(-CAUSE_NOT_FOUND, "%s no longer exists", w->target[i].name);
	err = err ?: scan.err;
	if (err == -EEXIST)
		return log_err(-CAUSE_USAGE,
			       "%s has threads of an earlier target: a thread may be in only one",
			       w->target[i].name);
	return err ? log_err(-CAUSE_CANT, "%s: this kernel does not report its times (schedstat, cpu.stat)",
			     w->target[i].name)
		   : 0;
}

static void drop_ended(struct fairness_watch *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->nr_threads; i++)
		if (w->thread[i].seen == w->step)
			w->thread[kept++] = w->thread[i];
	w->nr_threads = kept;
	w->at = 0;
}

static void look_for_hunger(struct fairness_watch *w, struct watched *of)
{
	bool nothing = of->received <= of->before[(w->step - 1) % RING];

	of->starved = nothing && of->ready && of->was_ready ? of->starved + elapsed(w) : 0;
	of->starved_most = fmax(of->starved_most, of->starved);
}

/* CPUs that its quota allows. */
static double most(const struct fairness_target *t, double cpus)
{
	return t->quota ? quota_cpus(t->quota, cpus) : INFINITY;
}

static void add_window(struct fairness_watch *w, struct fairness *f)
{
	unsigned end = slot(w), begin = (w->step + 1) % RING;
	double seconds = w->when[end] - w->when[begin];
	struct fairness_claim *claim = mem_zalloc(w->nr, sizeof(*claim));

	for (unsigned i = 0; i < w->nr; i++)
		claim[i] = (struct fairness_claim){
			.weight = w->target[i].weight,
			.most = most(&w->target[i], w->cpus) * seconds,
			.received = w->watched[i].before[end] - w->watched[i].before[begin],
			.may = w->watched[i].anywhere ? NULL : &w->watched[i].may,
		};
	for (size_t i = 0; i < w->nr_threads; i++) {
		const struct thread *t = &w->thread[i];

		claim[t->target].wanted += fairness_wanted(t->ran[end] - t->ran[begin],
							   t->waited[end] - t->waited[begin], seconds);
	}
	for (unsigned i = 0; i < w->nr; i++)
		claim[i].wanted = fmax(claim[i].wanted, claim[i].received);
	fairness_add(f, claim, w->when[end], seconds);
	free(claim);
}

int fairness_watch_step(struct fairness_watch *w, double now, struct fairness *f)
{
	int err = 0;

	w->step++;
	w->when[slot(w)] = now;
	for (unsigned i = 0; !err && i < w->nr; i++) {
		err = read_target(w, i);
		w->watched[i].before[slot(w)] = w->watched[i].received;
	}
	if (err)
		return err;
	drop_ended(w);
	for (unsigned i = 0; w->step && i < w->nr; i++)
		look_for_hunger(w, &w->watched[i]);
	if (w->step >= FAIRNESS_STEPS)
		add_window(w, f);
	return 0;
}

unsigned fairness_watch_cpus(const struct fairness_watch *w, unsigned target)
{
	unsigned nr = 0;

	for (unsigned i = 0; !w->watched[target].anywhere && i < FAIRNESS_CPU_WORDS; i++)
		nr += __builtin_popcountl(w->watched[target].may.word[i]);
	return nr;
}

double fairness_watch_starved(const struct fairness_watch *w, unsigned target)
{
	return w->watched[target].starved_most;
}
