/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How reliably a policy gave data points from run to run: a series of counts for every machine, workload and
 * policy, and where the share of samples that are not ok, or missing, changed (stats/counts.h). A policy that
 * never gave one has such a series too, though it has no other.
 */
#pragma once
#include "stats/counts.h"
#include "store/store.h"

struct history_loss_night {
	char *run;
	int64_t started_ns;
	enum status worst; /* the rest is of its first sample of that status; STATUS_OK: none was bad */
	char *why;	   /* or NULL */
	int exit_kind;	   /* how the policy went out; 0: it did not */
	char *exit_reason; /* or NULL */
};

struct history_loss {
	char *host; /* or NULL */
	char *workload, *policy;
	struct history_loss_night *night;
	struct count *count; /* of each night: k lost of n that were due */
	size_t nr;
	struct count_change *change;
	size_t nr_changes;
};

struct history_losses {
	struct history_loss *loss; /* by machine, workload and policy, fair first */
	size_t nr;
};

/* All that the filter lets through, whatever metric it wants. history_losses_free() in any case. */
int history_losses_make(struct store *s, const struct store_filter *filter, struct history_losses *l);
void history_losses_free(struct history_losses *l);

double history_loss_latest(const struct history_loss *l); /* the share of the latest night */
double history_loss_level(const struct history_loss *l);  /* of the nights since the last change */
/* The last one of which a sample was not ok; NULL: there is none. */
const struct history_loss_night *history_loss_last(const struct history_loss *l);
bool history_loss_any(const struct history_loss *l); /* any sample was lost, in any night */
