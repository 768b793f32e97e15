/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of the commands that take runs. */
#pragma once
#include "cli/command.h"
#include "run/bench.h"

/* What the run is called, where it goes, in which order it is taken. Input: a struct bench_options *. */
extern const struct argp options_run;
#define RUN_GROUP 9 /* where they are shown */

/* What a run is begun with before the options. */
#define RUN_DEFAULTS .results = RESULTS_DEFAULT, .where = "native"

/* Values: 0 or a negative cause, logged. */
int run_option_add(const char **list, const char *item);
int run_option_id(const char *id);
/* At least one. */
int run_option_count(const char *name, const char *text, unsigned *value);
