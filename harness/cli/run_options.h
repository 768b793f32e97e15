/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of the commands that take runs. */
#pragma once
#include "cli/command.h"
#include "run/bench.h"

/* The run's id, its directory and the order of its samples. Input: a struct bench_options *. */
extern const struct argp options_run;
#define RUN_GROUP 9 /* where they are shown */

/* The values before the options are read. */
#define RUN_DEFAULTS .where = "native"

/* Values: 0 or a negative cause, logged. */
int run_option_add(const char **list, const char *item);
int run_option_id(const char *id);
/* At least one. */
int run_option_count(const char *name, const char *text, unsigned *value);
