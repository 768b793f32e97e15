/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sample's proof, line by line: what was checked, what was found, whether it holds. The names are written
 * to files and to the store, so a name is never changed. A check of another version, which this program does
 * not know, is kept by its name.
 *
 * PROOF_UNSET is no check: a policy was loaded as an object, and what was found is what its own program may
 * set otherwise. "found" is for people. Only that of PROOF_CUSTODY_SEMANTICS is one of two words, which
 * proof_semantics() reads.
 */
#pragma once
#include <stdbool.h>

#define PROOF_CHECKS(X)                                           \
	X(BEFORE_ATTACH_MAPS, "before attach: maps as loaded")    \
	X(UNSET, "without its own program")                       \
	X(ATTACHED_STATE, "attached: state")                      \
	X(ATTACHED_SEQ, "attached: enable_seq")                   \
	X(ATTACHED_OPS, "attached: ops")                          \
	X(ATTACHED_BELOW, "attached: sub-scheduler")              \
	X(ATTACHED_REJECTED, "attached: nr_rejected")             \
	X(ATTACHED_NO_EXIT, "attached: no exit record")           \
	X(BEFORE_DETACH_STATE, "before detach: state")            \
	X(BEFORE_DETACH_SEQ, "before detach: enable_seq")         \
	X(BEFORE_DETACH_OPS, "before detach: ops")                \
	X(BEFORE_DETACH_BELOW, "before detach: sub-scheduler")    \
	X(BEFORE_DETACH_REJECTED, "before detach: nr_rejected")   \
	X(BEFORE_DETACH_NO_EXIT, "before detach: no exit record") \
	X(BEFORE_DETACH_HELD, "before detach: held all the time") \
	X(FAIR_SET, "attached: fair's settings")                  \
	X(FAIR_STILL_SET, "before detach: fair's settings")       \
	X(AFTER_DETACH_UNREG, "after detach: exit kind is UNREG") \
	X(AFTER_DETACH_STATE, "after detach: state")              \
	X(AFTER_DETACH_SEQ, "after detach: enable_seq")           \
	X(AFTER_DETACH_GONE, "after detach: left of the command") \
	X(BYPASS_ACTIVATE, "SCX_EV_BYPASS_ACTIVATE")              \
	X(BYPASS_DISPATCH, "SCX_EV_BYPASS_DISPATCH")              \
	X(RESCUE, "SCX_EV_SUB_RESCUE")                            \
	X(PARENT_RAN, "its parent's SCX_EV_SUB_BYPASS_DISPATCH")  \
	X(PARENT_BYPASS, "its parent's SCX_EV_BYPASS_ACTIVATE")   \
	X(IN_EXT, "workload ran in the ext class")                \
	X(OUTSIDE_EXT, "workload ran outside the ext class")      \
	X(OWN_TIME, "the workload's own time")                    \
	X(AWAKE, "the machine was not suspended")                 \
	X(CUSTODY_BALANCED, "custody: entries equal exits")       \
	X(CUSTODY_CLEAN, "custody: no violation")                 \
	X(CUSTODY_SEMANTICS, "custody: semantics")                \
	X(CUSTODY_TOLD, "custody: exits told to ops.dequeue()")   \
	X(CUSTODY_AUDITED, "custody: as seen from outside")

enum proof_check {
	PROOF_OTHER, /* known by its name only */
#define PROOF_CHECK(id, name) PROOF_##id,
	PROOF_CHECKS(PROOF_CHECK)
#undef PROOF_CHECK
		NR_PROOF_CHECKS
};

struct proof {
	enum proof_check check;
	char *name; /* of PROOF_OTHER, else NULL */
	char *found;
	bool holds;
};

/* From the name of a check and what was found, as a file or the store has them. Both are copied. */
struct proof proof_named(const char *name, const char *found, bool holds);
const char *proof_name(const struct proof *p);
/* "before detach: state: disabled"; the caller's to free. */
char *proof_line(const struct proof *p);
void proof_free(struct proof *p);

bool proof_is_of_custody(const struct proof *p);
bool proof_is_check(const struct proof *p); /* all but PROOF_UNSET */
/* "exact": the kernel reports every exit from custody. "inferred": this program infers exits. */
const char *proof_semantics_name(bool exact);
/* False if this is a PROOF_CUSTODY_SEMANTICS that found another word than "exact". */
bool proof_semantics(const struct proof *p);
