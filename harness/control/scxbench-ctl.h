/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What 'scxbench ctl' does, for a program that steers: the same code and the same checks, without a process
 *for each change. 'pkg-config --cflags --libs scxbench-ctl' says how to build with it.
 *
 *	struct scxbench_ctl *ctl;
 *	const char *words[] = { "weight=50", NULL };
 *
 *	if (scxbench_ctl_open(&ctl) || scxbench_ctl_set(ctl, "cgroup:batch", words))
 *		fprintf(stderr, "%s\n", scxbench_ctl_error());
 *
 * Targets and words are those of 'scxbench ctl --help'. Functions return 0 or a negative errno: -EPERM not
 *root, -ESRCH no policy is attached, -ENOTSUP the policy or the kernel can't be steered, -EINVAL a bad word
 *or one that the policy does not heed, -ENOENT no such target, or nothing is set for it, -EIO anything else.
 *Nothing is printed: scxbench_ctl_error() has the latest message. For one thread at a time; without memory it
 *aborts.
 *
 * Each change is written to the same log as that of ctl (control.log) and is in force at a task's next op.
 * What is needed again is kept open: the log, the state of sched_ext, and the cpusets of the last 64 cgroups
 * for which a CPU was set.
 */
#ifndef SCXBENCH_CTL_H
#define SCXBENCH_CTL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct scxbench_ctl;

/* Opens the policy that is attached now. */
int scxbench_ctl_open(struct scxbench_ctl **ctl);
void scxbench_ctl_close(struct scxbench_ctl *ctl);
/* 1: it is still attached; 0: changes have no effect any more. Close it then, and open it anew. */
int scxbench_ctl_is_current(const struct scxbench_ctl *ctl);
/* Its name; valid until it is closed. */
const char *scxbench_ctl_policy(const struct scxbench_ctl *ctl);

/* Adds the words, NULL at the end, to what is set for the target. */
int scxbench_ctl_set(struct scxbench_ctl *ctl, const char *target, const char *const *words);
int scxbench_ctl_reset(struct scxbench_ctl *ctl, const char *target);

/* All changes or none; words NULL: a reset. *at, if not NULL: the one that failed. */
struct scxbench_ctl_change {
	const char *target;
	const char *const *words;
};
int scxbench_ctl_apply(struct scxbench_ctl *ctl, const struct scxbench_ctl_change *list, size_t nr,
		       size_t *at);

/*
 * What is set for just this target, by a key of 'ctl list': "weight", "quota" (in thousandths of a CPU, or,
 * with bit 31 set, in ppm of the CPUs that are online), of a queue "order" (1: by priority) and "own" (0: it
 * has none). -ENOENT: nothing.
 */
int scxbench_ctl_get(const struct scxbench_ctl *ctl, const char *target, const char *key, uint64_t *value);

/* Why the latest call that failed did so; "": none did. */
const char *scxbench_ctl_error(void);

#ifdef __cplusplus
}
#endif

#endif
