/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was found when this machine was looked at, each in words with its cure. 'doctor' shows all of it; a
 * command that needs something refuses by it. So both say the same of the same machine.
 */
#pragma once
#include <stddef.h>

/* Ascending by what it costs. */
enum finding_level {
	FINDING_OK,
	FINDING_MISSING,   /* samples do without it, but something is not shown */
	FINDING_UNSOUND,   /* samples can be taken; what they show must be read with care */
	FINDING_NO_POLICY, /* no sample of a sched_ext policy can succeed */
	FINDING_NO_SAMPLE, /* no sample at all can */
};

struct finding {
	enum finding_level level;
	char *what, *cure; /* a line each; cure is NULL when nothing is to be done */
};

struct findings {
	struct finding *finding;
	size_t nr;
};

/* cure is copied, or NULL. */
void findings_add(struct findings *f, enum finding_level level, const char *cure, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* FINDING_OK without any. */
enum finding_level findings_worst(const struct findings *f);
/* Logs "WHAT: CURE" of each from this level on: -CAUSE_CANT if there is one, else 0. */
int findings_refuse(const struct findings *f, enum finding_level level);
void findings_free(struct findings *f);
