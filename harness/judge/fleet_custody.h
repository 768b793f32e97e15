/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The custody ledgers of a fleet's runs, by kernel: what is wrong on one kernel is seldom so on the next. */
#pragma once
#include "judge/ledger.h"
#include "judge/members.h"

/* A policy on a kernel. */
struct fleet_custody {
	char *kernel, *policy;
	unsigned machines, taken, kept; /* samples, and those of them with a ledger */
	enum ledger_state worst;	/* of any of the machines */
	char *host;			/* the first that has it so */
};

/* By kernel, then policy, ascending. -errno, logged; fleet_custody_free() in any case. */
int fleet_custody_load(struct store *s, const struct members *m, struct fleet_custody **row, size_t *nr);
void fleet_custody_free(struct fleet_custody *row, size_t nr);
