/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside control/ only: what was set before a list of changes, to be put back or to be logged. */
#pragma once
#include "control/control_maps.h"

struct journal {
	struct before {
		struct target target;
		char *const *words; /* of the change; NULL: a reset */
		bool had;	    /* a rule: this one; else it is zero */
		struct scxb_setting setting;
		struct scxb_bucket bucket;
	} *list;
	size_t nr;
	__u64 param[SCXB_NR_PARAMS];
};

void journal_begin(struct journal *j, const struct control *c);
/* Call it before the change. What it finds is valid until the next. */
const struct before *journal_add(struct journal *j, const struct control *c,
				 const struct control_change *change);
/* Puts everything back, the latest change first. */
void journal_undo(const struct journal *j, struct control *c);
void journal_end(struct journal *j);
