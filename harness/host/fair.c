/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/fair.h"

#include <stdlib.h>
#include <string.h>
#include "policy/fair.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

#define DEBUGFS "/sys/kernel/debug"

/* The newest kernel's place first. */
static const char *const slice_paths[] = { DEBUGFS "/sched/base_slice_ns",
					   DEBUGFS "/sched/min_granularity_ns",
					   "/proc/sys/kernel/sched_min_granularity_ns", NULL };
static const char *const feature_paths[] = { DEBUGFS "/sched/features", DEBUGFS "/sched_features", NULL };

static const char *find_path(const char *const *path)
{
	while (*path && !fs_exists(fs_sys("%s", *path)))
		path++;
	return *path;
}

static bool is_one_of(const char *const *list, const char *path)
{
	while (*list && strcmp(*list, path))
		list++;
	return *list;
}

bool fair_has(const char *path)
{
	return is_one_of(slice_paths, path) || is_one_of(feature_paths, path);
}

/* Why the file of a setting can't be read. path NULL: there is none. */
static int is_shut(const char *name, const char *path, int err)
{
	if (!path)
		return log_err(
			-CAUSE_CANT,
			"fair:%s can't be set: there is no %s/sched; 'mount -t debugfs debugfs %s' helps if the "
			"kernel has it",
			name, DEBUGFS, DEBUGFS);
	return log_err(-CAUSE_CANT, "fair:%s can't be set: %s: %s; a locked-down kernel does not allow it",
		       name, path, strerror(-err));
}

static int plan_slice(const char *value, struct changes *out)
{
	const char *path = find_path(slice_paths);
	char *before = NULL, *after;
	int err = path ? fs_read_line(fs_sys("%s", path), &before) : 0;

	if (!path || err)
		return is_shut(FAIR_SLICE, path, err);
	after = mem_printf("%s000", value);
	changes_add(out, path, before, after);
	free(after);
	free(before);
	return 0;
}

/* The feature's own name, without what turns it off. */
static const char *bare(const char *word)
{
	return strncmp(word, FAIR_OFF, strlen(FAIR_OFF)) ? word : word + strlen(FAIR_OFF);
}

/* present: a copy of the kernel's list, which is taken apart. */
static int plan_feature(const char *want, const char *path, char *present, struct changes *out)
{
	struct nearest near = { .word = want };
	char *save = NULL;

	for (char *word = strtok_r(present, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		if (!strcmp(bare(word), bare(want))) {
			changes_add(out, path, word, want);
			return 0;
		}
		nearest_try(&near, word);
	}
	return log_err(-CAUSE_USAGE, "fair of this kernel has no feature '%s'%s see %s", bare(want),
		       nearest_ask(&near), path);
}

static int plan_features(const char *value, struct changes *out)
{
	const char *path = find_path(feature_paths), *word;
	char *present = NULL;
	int err = path ? fs_read_line(fs_sys("%s", path), &present) : 0;

	if (!path || err)
		return is_shut(FAIR_FEATURES, path, err);
	while (*value && !err) {
		size_t len = fair_feature(&value, &word);
		char *want = mem_printf("%.*s", (int)len, word), *copy = mem_strdup(present);

		err = plan_feature(want, path, copy, out);
		free(copy);
		free(want);
	}
	free(present);
	return err;
}

int fair_plan(const struct policy_spec *spec, struct changes *out)
{
	const char *slice = policy_knob_value(spec, FAIR_SLICE),
		   *features = policy_knob_value(spec, FAIR_FEATURES);
	int err = slice ? plan_slice(slice, out) : 0;

	return !err && features ? plan_features(features, out) : err;
}

int fair_set(const struct policy_spec *spec, struct changes *set)
{
	int err = fair_plan(spec, set);

	for (size_t i = 0; i < set->nr && !err; i++) {
		err = change_write(set->change[i].path, set->change[i].after);
		if (err)
			err = log_err(-CAUSE_CANT, "%s can't be set to '%s': %s", set->change[i].path,
				      set->change[i].after, strerror(-err));
	}
	return err;
}

bool fair_is_set(const struct policy_spec *spec)
{
	struct changes left = { 0 };
	bool set = !fair_plan(spec, &left) && !left.nr;

	changes_free(&left);
	return set;
}

int fair_put_back(struct changes *set)
{
	int err = 0;

	for (size_t i = set->nr; i--;)
		if (change_write(set->change[i].path, set->change[i].before))
			err = log_err(-CAUSE_CANT, "%s can't be put back to '%s'", set->change[i].path,
				      set->change[i].before);
	changes_free(set);
	return err;
}
