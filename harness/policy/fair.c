/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/fair.h"

#include <ctype.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/nearest.h"
#include "util/parse.h"

/* The kernel's own limits. */
#define SLICE_US ((struct counts){ 100, 1000000 })

size_t fair_feature(const char **at, const char **word)
{
	size_t len = strcspn(*at, "+");

	*word = *at;
	*at += len + ((*at)[len] == '+');
	return len;
}

static bool is_feature(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isupper((unsigned char)word[i]) && !isdigit((unsigned char)word[i]) && word[i] != '_')
			return false;
	return len;
}

static int check_features(const struct policy_spec *spec, const char *value)
{
	size_t end = strlen(value);
	bool good = end && value[end - 1] != '+';
	const char *word;

	while (good && *value) {
		size_t len = fair_feature(&value, &word);

		good = is_feature(word, len);
	}
	return good ? 0
		    : log_err(-CAUSE_USAGE,
			      "%s: give features as the kernel lists them, with + between: "
			      "features=NO_RUN_TO_PARITY+PLACE_LAG",
			      spec->given);
}

static int check_knob(const struct policy_spec *spec, const struct policy_knob *knob)
{
	struct nearest near = { .word = knob->name };
	uint64_t us;

	if (!strcmp(knob->name, FAIR_SLICE))
		return parse_count("fair:" FAIR_SLICE, knob->value, SLICE_US, &us);
	if (!strcmp(knob->name, FAIR_FEATURES))
		return check_features(spec, knob->value);
	nearest_try(&near, FAIR_SLICE);
	nearest_try(&near, FAIR_FEATURES);
	return log_err(-CAUSE_USAGE, "fair has no knob '%s'%s it has " FAIR_SLICE " and " FAIR_FEATURES,
		       knob->name, nearest_ask(&near));
}

int fair_check(const struct policy_spec *spec)
{
	int err = 0;

	for (int i = 0; i < spec->nr_knobs && !err; i++)
		err = check_knob(spec, &spec->knob[i]);
	return err;
}
