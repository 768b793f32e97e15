/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that many commands have. */
#include "cli/command.h"

#include <stdlib.h>

enum { OPT_JSON = 256 };

const char *results_default(void)
{
	const char *dir = getenv("SCXBENCH_RESULTS");

	return dir && *dir ? dir : RESULTS_DEFAULT;
}

static const struct argp_option results_row[] = {
	{ "results", 'r', "DIR", 0, "where results are kept (default: " RESULTS_DEFAULT ")", 0 }, { 0 }
};

static error_t results_take(int key, char *arg, struct argp_state *state)
{
	const char **results = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		*results = results_default();
		return 0;
	case 'r':
		*results = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp options_results = { .options = results_row, .parser = results_take };

static const struct argp_option json_row[] = {
	{ "json", OPT_JSON, NULL, 0, "JSON; results/README.md has the keys", 0 }, { 0 }
};

static error_t json_take(int key, char *arg, struct argp_state *state)
{
	bool *json = state->input;

	(void)arg;
	if (key != OPT_JSON)
		return ARGP_ERR_UNKNOWN;
	*json = true;
	return 0;
}

const struct argp options_json = { .options = json_row, .parser = json_take };

error_t options_pass_on(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	return state->child_inputs[0] = state->input, 0;
}
