/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A workload for the exact lab (tests/cost/ctl.sh): what a change of one setting by libscxbench-ctl costs, in
 * instructions of the library and of the kernel.
 */
#include "../../../workloads/exact/exact.h"
#include "../../../workloads/kit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "control/scxbench-ctl.h"

#define CGROUPS "/sys/fs/cgroup"
#define SLICE CGROUPS "/cost.slice"
#define SERVICE "/cost.slice/cost.service" /* as deep as that of a service */

#define WARM_UP 32
#define CHANGES (32L * COST_PARTS)

static const char *const keys[] = { "weight", "slice_us", "quota", "cpu", "reset" };
static const char *const kinds[] = { "tid", "pid", "tree", "comm", "cgroup" };

#define NR(array) (sizeof(array) / sizeof(*(array)))

/* What is changed, and to what in turn; a second value of NULL is a reset. */
struct change {
	char target[64];
	const char *word[2];
};

static struct scxbench_ctl *ctl;

static int make_changes(long n, const void *ctx)
{
	const struct change *c = ctx;

	for (long i = 0; i < n; i++) {
		const char *words[] = { c->word[i % 2], NULL };

		if (*words ? scxbench_ctl_set(ctl, c->target, words) : scxbench_ctl_reset(ctl, c->target))
			return kit_fail("%s: %s", c->target, scxbench_ctl_error());
	}
	return 0;
}

/* A cgroup that has a cpuset. */
static int make_cgroups(void)
{
	static const char *const control[] = { CGROUPS "/cgroup.subtree_control",
					       SLICE "/cgroup.subtree_control" };

	for (size_t i = 0; i < NR(control); i++) {
		int fd;

		if (i && (mkdir(SLICE, 0755) || mkdir(CGROUPS SERVICE, 0755)) && errno != EEXIST)
			return kit_fail(SLICE ": %s", strerror(errno));
		fd = open(control[i], O_WRONLY | O_CLOEXEC);
		if (fd < 0 || write(fd, "+cpuset", 7) != 7)
			return kit_fail("%s: %s", control[i], strerror(errno));
		close(fd);
	}
	return 0;
}

static void name_target(struct change *c, const char *kind)
{
	if (!strcmp(kind, "comm"))
		strcpy(c->target, "comm:nobody*");
	else if (!strcmp(kind, "cgroup"))
		strcpy(c->target, "cgroup:" SERVICE);
	else
		snprintf(c->target, sizeof(c->target), "%s:%d", kind, getpid());
}

static int name_words(struct change *c, const char *key)
{
	static const char *const words[NR(keys)][2] = { { "weight=50", "weight=200" },
							{ "slice_us=3000", "slice_us=4000" },
							{ "quota=0.5cpu", "quota=0.6cpu" },
							{ "cpu=0", "cpu=0" },
							{ "slice_us=3000", NULL } };

	for (size_t i = 0; i < NR(keys); i++)
		if (!strcmp(key, keys[i]))
			memcpy(c->word, words[i], sizeof(c->word));
	return c->word[0] ? 0 : kit_fail("unknown key '%s'", key);
}

/* KIND-KEY, or policy. */
static int parse_variant(const char *variant, struct change *c)
{
	char kind[16] = "";
	const char *key = strchr(variant, '-');

	if (!strcmp(variant, "policy"))
		return strcpy(c->target, variant), name_words(c, "slice_us");
	if (!key || (size_t)(key - variant) >= sizeof(kind))
		return kit_fail("unknown variant '%s'", variant);
	memcpy(kind, variant, (size_t)(key - variant));
	name_target(c, kind);
	return name_words(c, key + 1);
}

static int describe(void)
{
	puts("summary what a change by libscxbench-ctl costs, in instructions\nprimary cost\ntimeout_s 600\n"
	     "identity 1\ntypical_s 1\ndefault no\nneeds root\nvariant policy its slice");
	for (size_t i = 0; i < NR(kinds); i++)
		for (size_t k = 0; k < NR(keys); k++)
			printf("variant %s-%s of a %s\n", kinds[i], keys[k], kinds[i]);
	return 0;
}

static int count_variant(void)
{
	struct cost cost = { 0 };
	struct change c = { 0 };

	sleep(2); /* as workloads/exact does */
	if (parse_variant(getenv("SCXB_VARIANT") ?: "", &c) || make_cgroups() || counter_open())
		return 1;
	if (scxbench_ctl_open(&ctl))
		return kit_fail("%s", scxbench_ctl_error());
	if (make_changes(WARM_UP, &c) ||
	    count_parts(&(struct work){ make_changes, &c, 1, NULL }, CHANGES, &cost))
		return 1;
	cost_report(&cost);
	scxbench_ctl_close(ctl);
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, describe, count_variant);
}
