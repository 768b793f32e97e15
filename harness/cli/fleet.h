/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `scxbench fleet VERB` was asked, and its verbs: one file each, which returns the exit code. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cli/command.h"

enum fleet_verb {
	FLEET_ANSWER,
	FLEET_GATE,
	FLEET_HISTORY,
	FLEET_RUN,
	FLEET_STATUS,
	FLEET_COLLECT,
	FLEET_CANCEL
};

struct fleet_options {
	const char *results, *plan;
	bool json, bless;
	unsigned used;		  /* 1 << enum fleet_verb, of which verbs an option was given */
	const char *baseline;	  /* a tag; NULL: the usual one */
	double margin, threshold; /* 0: the default */
	char **words;		  /* behind the verb, NULL-terminated */
	/* run */
	const char *partition, *id, *program, *resume;
	char **bench; /* options of bench, NULL-terminated; or NULL */
	size_t nr_bench;
	uint64_t hosts, seed; /* 0: not given */
};

struct members;
struct store;
/* Shows what the store has of the machines of the plan; returns the exit code. */
int fleet_over(const struct fleet_options *o,
	       int (*show)(const struct fleet_options *, struct store *, const struct members *));

int fleet_call_answer(const struct fleet_options *o);
int fleet_call_gate(const struct fleet_options *o);
int fleet_call_history(const struct fleet_options *o);
int fleet_call_run(const struct fleet_options *o);
int fleet_call_status(const struct fleet_options *o);
int fleet_call_collect(const struct fleet_options *o);
int fleet_call_cancel(const struct fleet_options *o);
