/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A history by its nights: what all series of a machine have at one night is one event, because a change of
 * the kernel or of fair mostly moves many policies. A change that may be in one of several nights is of the
 * event that most series have among these. Borrows from the history.
 */
#pragma once
#include "judge/history.h"

enum history_mark_kind { MARK_LEVEL, MARK_INCIDENT, MARK_BEGUN, MARK_ENDED };
#define NR_MARK_KINDS 4

struct history_mark {
	enum history_mark_kind kind;
	const struct history_series *series;
	const struct history_point *point; /* NULL: a series began or ended */
};

/* What differed there; of: a series of the policy that differs, or NULL. */
struct history_cause {
	const struct history_difference *difference;
	const struct history_series *of;
};

struct history_event {
	const struct history_run *run;
	struct history_mark *mark; /* in order of kind, then of the history */
	size_t nr, of_kind[NR_MARK_KINDS];
	struct history_cause *cause; /* of all marks, each once */
	size_t nr_causes;
	size_t wide; /* points that may be in too many nights to have a cause */
};

struct history_events {
	struct history_event *event; /* in order of time */
	size_t nr, of_kind[NR_MARK_KINDS];
};

void history_events(const struct history *h, const char *host, struct history_events *e);
void history_events_free(struct history_events *e);
