/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <getopt.h>
#include "../kit.h"
#include "schbench.h"

#define SECONDS 2
#define RPS_A_CPU 250
#define FOOTPRINT_KB 16
#define OPERATIONS 2
#define SLEEP_US 100
#define MOST_WORDS 32

static const struct option names[] = {
	{ "message-threads", required_argument, NULL, 'm' }, { "threads", required_argument, NULL, 't' },
	{ "runtime", required_argument, NULL, 'r' },	     { "rps", required_argument, NULL, 'R' },
	{ "cache-footprint", required_argument, NULL, 'F' }, { "operations", required_argument, NULL, 'n' },
	{ "sleep-usec", required_argument, NULL, 's' },	     { 0 },
};

static long *value_of(struct options *o, int letter)
{
	switch (letter) {
	case 'm':
		return &o->message_threads;
	case 't':
		return &o->threads;
	case 'r':
		return &o->runtime_s;
	case 'R':
		return &o->rps;
	case 'F':
		return &o->footprint_kb;
	case 'n':
		return &o->operations;
	default:
		return letter == 's' ? &o->sleep_us : NULL;
	}
}

static int take_option(struct options *o, int letter)
{
	long *value = value_of(o, letter), least = letter != 's';
	char *end = NULL;

	if (!value)
		return kit_fail("SCHBENCH_OPTIONS takes schbench's -m -t -r -R -F -n -s, each with a number");
	*value = strtol(optarg, &end, 10);
	if (end == optarg || *end || *value < least || *value > 1000000)
		return kit_fail("SCHBENCH_OPTIONS: -%c '%s' is no number from %ld to 1000000", letter, optarg,
				least);
	return 0;
}

static int take_options(struct options *o, char *text)
{
	char *word[MOST_WORDS] = { (char *)"schbench" }, *rest;
	int nr = 1, letter;

	for (char *w = strtok_r(text, " ", &rest); w && nr < MOST_WORDS - 1; w = strtok_r(NULL, " ", &rest))
		word[nr++] = w;
	opterr = 0;
	while ((letter = getopt_long(nr, word, "m:t:r:R:F:n:s:", names, NULL)) >= 0)
		if (take_option(o, letter))
			return 1;
	return optind < nr ? kit_fail("SCHBENCH_OPTIONS: '%s' is no option", word[optind]) : 0;
}

int options_read(struct options *o)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "", *given = getenv("SCHBENCH_OPTIONS") ?: "";
	long cpus = kit_env("SCXB_CPUS", 1);
	char text[512];

	*o = (struct options){ .message_threads = 1,
			       .runtime_s = SECONDS * kit_scale(),
			       .rps = RPS_A_CPU * cpus,
			       .footprint_kb = FOOTPRINT_KB,
			       .operations = OPERATIONS,
			       .sleep_us = SLEEP_US,
			       .real = !strncmp(variant, "real-", 5) };
	if (strlen(given) >= sizeof(text))
		return kit_fail("SCHBENCH_OPTIONS is too long");
	strcpy(text, given);
	if (take_options(o, text))
		return 1;
	if (!o->threads)
		o->threads = (cpus + o->message_threads - 1) / o->message_threads;
	if (strstr(variant, "saturated"))
		o->rps = 0;
	return 0;
}
