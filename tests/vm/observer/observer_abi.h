/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the observer counts, in the single entry of its mmapable array map "seen". */
#ifndef OBSERVER_ABI_H
#define OBSERVER_ABI_H

enum seen_exit { SEEN_DISPATCH, SEEN_CORE, SEEN_CHANGE, SEEN_SLEEP, SEEN_NR_EXITS };

struct seen {
	__u64 entries;	  /* periods of custody that began */
	__u64 by_select;  /* ... of which a verdict of select_cpu began so many */
	__u64 lapsed;	  /* verdicts of select_cpu for a user DSQ that began none */
	__u64 again;	  /* queued again within a period */
	__u64 ran_inside; /* a task that ran while the kernel said it was in custody */
	__u64 strange;	  /* an exit without an entry, or an entry twice */
	__u64 inside;	  /* periods that are open now */
	__u64 switches;
	__u64 exits[SEEN_NR_EXITS];
	__u64 ns[SEEN_NR_EXITS]; /* time in custody, by the cause of its end */
};

#endif
