/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/abi_name.h"

#define NAME(n) #n,
const char *const abi_op[] = { SCXB_OPS(NAME) };
const char *const abi_count[] = { SCXB_COUNTS(NAME) };
const char *const abi_detail[] = { SCXB_DETAILS(NAME) };
const char *const abi_cause[] = { SCXB_CAUSES(NAME) };
const char *const abi_custody[] = { SCXB_ENTRIES(NAME) SCXB_EXITS(NAME) SCXB_NOTES(NAME)
					    SCXB_VIOLATIONS(NAME) };
const char *const abi_custody_words[] = {
	[SCXB_CUSTODY_entry_dsq] = "a user DSQ",
	[SCXB_CUSTODY_entry_own] = "own queue",
	[SCXB_CUSTODY_entry_select] = "from select_cpu",
	[SCXB_CUSTODY_exit_dispatch] = "dispatched",
	[SCXB_CUSTODY_exit_core] = "core scheduling",
	[SCXB_CUSTODY_exit_change] = "a property changed",
	[SCXB_CUSTODY_exit_sleep] = "slept",
	[SCXB_CUSTODY_exit_inferred] = "seen running later",
	[SCXB_CUSTODY_verdict] = "inserts of select_cpu",
	[SCXB_CUSTODY_lapsed] = "never carried out",
	[SCXB_CUSTODY_lost_race] = "pops that lost",
	[SCXB_CUSTODY_reentered] = "queued again inside",
	[SCXB_CUSTODY_late_core] = "picks without a cookie",
	[SCXB_CUSTODY_doubled] = "no exit was told",
	[SCXB_CUSTODY_double_entry] = "was inside",
	[SCXB_CUSTODY_exit_without_entry] = "was not inside",
	[SCXB_CUSTODY_running_inside] = "ran while inside",
	[SCXB_CUSTODY_freed_inside] = "ended while inside",
	[SCXB_CUSTODY_yielded_again] = "popped twice",
	[SCXB_CUSTODY_flag_disagrees] = "the kernel's own flag",
};

#define ONE_MORE(n) +1 /* a term of a sum: NOLINT(bugprone-macro-parentheses) */
enum {
	ENTRIES_END = 0 SCXB_ENTRIES(ONE_MORE),
	EXITS_END = ENTRIES_END SCXB_EXITS(ONE_MORE),
	NOTES_END = EXITS_END SCXB_NOTES(ONE_MORE),
	VIOLATIONS_END = NOTES_END SCXB_VIOLATIONS(ONE_MORE),
};
_Static_assert(VIOLATIONS_END == (int)SCXB_NR_CUSTODY, "groups are in the order of enum scxb_custody");

const struct custody_span custody_span[] = {
	[CUSTODY_ENTRIES] = { 0, ENTRIES_END },
	[CUSTODY_EXITS] = { ENTRIES_END, EXITS_END },
	[CUSTODY_NOTES] = { EXITS_END, NOTES_END },
	[CUSTODY_VIOLATIONS] = { NOTES_END, VIOLATIONS_END },
};

__u64 custody_total(const struct scxb_cpu *sum, enum custody_group group)
{
	__u64 total = 0;

	for (int i = custody_span[group].first; i < custody_span[group].end; i++)
		total += sum->custody[i];
	return total;
}
