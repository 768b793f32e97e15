/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The environment: STORM_RATE, STORM_MIX, STORM_SECONDS, STORM_HOTPLUG, SCXB_SEED. */
#include "../kit.h"
#include "storm.h"
#include "util/scan.h"

#define SECONDS 2
#define MAX_WEIGHT 1000

/* By the cost of a change, so that each kind gets enough: a move of a group costs 10 times a new nice. */
static const unsigned usual[STORM_NR_KINDS] = {
	[STORM_affinity] = 1, [STORM_policy] = 1,   [STORM_fifo] = 1,
	[STORM_nice] = 1,     [STORM_cgroup] = 16,  [STORM_cgweight] = 2,
	[STORM_fork] = 20,    [STORM_hotplug] = 10, [STORM_reenq] = 4,
};

static int take_weight(struct storm_options *o, const char *word)
{
	size_t len = strcspn(word, ":");
	uint64_t weight;

	if (word[len] != ':' || !scan_count(word + len + 1, &weight) || weight > MAX_WEIGHT)
		return kit_fail("STORM_MIX: '%s' is not KIND:WEIGHT with a weight from 0 to %d", word,
				MAX_WEIGHT);
	for (int k = 0; k < STORM_NR_KINDS; k++)
		if (strlen(storm_kinds[k].name) == len && !strncmp(storm_kinds[k].name, word, len)) {
			o->weight[k] = weight;
			return 0;
		}
	return kit_fail("STORM_MIX: unknown kind of change '%.*s': see workloads/README.md", (int)len, word);
}

static int take_mix(struct storm_options *o, const char *mix)
{
	char *copy = strdup(mix), *rest, *word;
	unsigned sum = 0;
	int err = 0;

	for (word = strtok_r(copy, ",", &rest); word && !err; word = strtok_r(NULL, ",", &rest))
		err = take_weight(o, word);
	free(copy);
	for (int k = 0; k < STORM_NR_KINDS; k++)
		sum += o->weight[k];
	return err || sum ? err : kit_fail("STORM_MIX: all weights are 0");
}

/* A whole number from 0 on; "otherwise" where it is absent or empty. */
static int take_number(const char *name, uint64_t otherwise, uint64_t *value)
{
	const char *text = getenv(name);

	*value = otherwise;
	if (!text || !*text)
		return 0;
	return scan_count(text, value) ? 0 : kit_fail("%s '%s' is not a whole number", name, text);
}

int options_read(struct storm_options *o)
{
	const char *mix = getenv("STORM_MIX");
	uint64_t rate, seconds, hotplug;

	*o = (struct storm_options){ 0 };
	if (take_number("STORM_RATE", 0, &rate) || take_number("SCXB_SEED", 1, &o->seed) ||
	    take_number("STORM_SECONDS", SECONDS * kit_scale(), &seconds) ||
	    take_number("STORM_HOTPLUG", 0, &hotplug))
		return 1;
	o->rate = rate;
	o->seconds = seconds;
	if (mix && *mix)
		return take_mix(o, mix);
	memcpy(o->weight, usual, sizeof(usual));
	if (!hotplug)
		o->weight[STORM_hotplug] = 0;
	return 0;
}

void options_identity(const struct storm_options *o, char *text, size_t size)
{
	size_t len = snprintf(text, size, "seconds=%.0f,rate=%ld", o->seconds, o->rate);

	for (int k = 0; k < STORM_NR_KINDS && len < size; k++)
		if (o->weight[k])
			len += snprintf(text + len, size - len, ",%s:%u", storm_kinds[k].name, o->weight[k]);
}
