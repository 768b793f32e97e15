/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the commands that run policies under the storm: custody and audit. */
#pragma once
#include "cli/command.h"
#include "cli/run_options.h"
#include "run/bench.h"

extern const struct argp_option custody_rows[];
error_t custody_take(int key, char *arg, struct argp_state *state);
#define CUSTODY_CHILDREN                                                           \
	(const struct argp_child[])                                                \
	{                                                                          \
		{ &options_run, 0, NULL, 0 }, { &options_json, 0, NULL, 0 }, { 0 } \
	}
#define CUSTODY_EXIT_CODES                                       \
	"0 every ledger balances\n"                              \
	"1 a ledger does not balance, or a violation was seen\n" \
	"2 usage\n"                                              \
	"3 this machine can't\n"                                 \
	"130 interrupted; what ended is kept\n"
/* outside: which policies are audited. */
int custody_call(struct call *call, enum outside_wish outside);
