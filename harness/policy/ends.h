/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: the ways in which a policy's stay in the kernel can end, and what each makes of its
 * sample: a status and a sentence, of which ends.c has the one table. A sample is "ejected" only by the
 * kernel; "failed" is what the policy or its command did; "void" is what was done to it, or may not come
 * again.
 */
#pragma once
#include "policy/loaded.h"

enum end {
	END_AS_ASKED,
	/* It was never in. */
	END_NOT_ATTACHED, /* the kernel refused */
	END_NOT_IN,	  /* it was attached, and not enabled */
	END_NO_SCHEDULER, /* the command ended first */
	END_KILLED_FIRST, /* ... by a signal */
	END_LATE,	  /* the command had none when the limit was reached */
	END_TWICE,	  /* the command attached another before we could look */
	/* It went before its time. */
	END_EJECTED,
	END_BY_ITSELF,	/* the scheduler called scx_bpf_exit() */
	END_WITHDRAWN,	/* the command took it out and lives on */
	END_EXITED,	/* it went with its command, which ended */
	END_KILLED,	/* ... which a signal ended */
	END_REATTACHED, /* the command attached it again */
	END_REPLACED,	/* the command attached another */
	END_DETACHED,	/* somebody else took the policy out */
	END_TAKEN_OVER, /* ... and attached another */
	END_LOST,	/* its holder was killed, or heard nothing from us */
	END_UNKNOWN,
	/* It stayed beyond its time. */
	END_LEFT_IN,  /* the command ended without it */
	END_OUTLIVED, /* it outlived the command, which we ended */
	NR_ENDS
};

/* What a sentence may tell. Texts may be NULL or "". */
struct end_facts {
	const char *ops;     /* the policy's */
	const char *other;   /* the ops that are in instead */
	const char *last;    /* the last line that the command printed */
	const char *said;    /* by the kernel */
	const char *held_by; /* what kept it in */
	double after_s, limit_s;
	int status; /* of the command, as of wait() */
	struct ejection exit;
};

/*
 * Sets status and why in the record, and, for one that went before its time, the ejection, which it takes
 * from the facts. END_AS_ASKED sets nothing.
 */
void ends_note(enum end end, struct end_facts *facts, struct record *r);
/* The sentence alone; the caller's to free. */
char *ends_text(enum end end, const struct end_facts *facts);
