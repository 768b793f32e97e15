/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `scxbench fleet VERB` was asked, and its verbs: one file each, which returns the exit code. */
#pragma once
#include <stdbool.h>
#include "cli/command.h"

struct fleet_options {
	const char *results, *plan;
	bool json, bless;
	const char *baseline;	  /* a tag; NULL: the usual one */
	double margin, threshold; /* 0: the default */
	char **words;		  /* behind the verb, NULL-terminated */
};

int fleet_call_answer(const struct fleet_options *o);
int fleet_call_gate(const struct fleet_options *o);
int fleet_call_history(const struct fleet_options *o);
