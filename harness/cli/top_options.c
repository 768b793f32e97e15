/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "top/top.h"
#include "util/log.h"

/* Index of the word in the list. */
static int parse_word(const char *option, const char *text, const char *const *list)
{
	for (int i = 0; list[i]; i++)
		if (!strcmp(list[i], text))
			return i;
	return log_err(-EINVAL, "%s %s: there is none of that name: see 'scxbench top --help'", option, text);
}

static int parse_interval(const char *text, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	if (*end || !*text || !(*seconds >= 0.1 && *seconds <= 3600))
		return log_err(-EINVAL, "--interval %s: a number of seconds, from 0.1 to 3600", text);
	return 0;
}

static int parse_filter(const char *text, struct top_look *look)
{
	if (strlen(text) >= sizeof(look->filter))
		return log_err(-EINVAL, "--filter: at most %zu bytes", sizeof(look->filter) - 1);
	strcpy(look->filter, text);
	return 0;
}

static int parse_one(int c, struct top_options *o)
{
	int nr = 0;

	switch (c) {
	case 'i':
		return parse_interval(optarg, &o->interval);
	case 'f':
		return parse_filter(optarg, &o->look);
	case 'v':
		nr = parse_word("--view", optarg, top_views);
		o->look.view = nr < 0 ? 0 : nr;
		o->all = false;
		break;
	case 's':
		nr = parse_word("--sort", optarg, top_sorts);
		o->look.sort = nr < 0 ? 0 : nr;
		break;
	case 'o':
		o->once = true;
		break;
	case 'j':
		o->json = true;
		break;
	case 'c':
		o->costs = false;
		break;
	case 'h':
		return 1;
	default:
		return -EINVAL;
	}
	return nr < 0 ? nr : 0;
}

int top_parse(int argc, char **argv, struct top_options *o)
{
	static const struct option table[] = { { "once", no_argument, NULL, 'o' },
					       { "interval", required_argument, NULL, 'i' },
					       { "view", required_argument, NULL, 'v' },
					       { "sort", required_argument, NULL, 's' },
					       { "filter", required_argument, NULL, 'f' },
					       { "no-costs", no_argument, NULL, 'c' },
					       { "json", no_argument, NULL, 'j' },
					       { "help", no_argument, NULL, 'h' },
					       { 0 } };
	int c, err = 0;

	while (!err && (c = getopt_long(argc, argv, "", table, NULL)) != -1)
		err = parse_one(c, o);
	if (!err && optind < argc)
		return log_err(-EINVAL, "'%s' is one word too many: see 'scxbench top --help'", argv[optind]);
	return err;
}
