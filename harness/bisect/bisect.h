/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first commit of a policy under which a workload's metric is like under BAD. GOOD and BAD are shown to
 * differ; then commits are measured in the order in which git halves what is left, and last the one that is
 * found beside its parent. judge/turns.h has the rule of each turn.
 */
#pragma once
#include "bisect/bisection.h"
#include "judge/turns.h"

enum entry_kind {
	ENTRY_MEASURED,
	ENTRY_SAME,    /* the file of another commit, to the byte */
	ENTRY_UNBUILT, /* it can't be built */
	ENTRY_LOST,    /* measured, and not as it should be: ejected, failed, void */
};

/* A commit that was looked at. */
struct entry {
	char hash[GIT_HASH + 1];
	enum entry_kind kind;
	enum turn turn;		 /* OPEN: skipped, or undecided */
	char *run, *why;	 /* each may be NULL */
	unsigned blocks;	 /* 0: not measured */
	double ratio, low, high; /* to GOOD, by the interval of a look (stats/sequence.h); NAN */
};

enum bisect_end { END_FOUND, END_NO_DIFFERENCE, END_OPEN, END_SKIPPED };

struct bisect {
	struct bisection job;
	const struct bisect_ask *ask;
	struct git_range range;
	unsigned commits, most, turns; /* turns: taken so far, of most */
	int direction;		       /* BAD has more (1) or less (-1) of the metric */
	char *metric;		       /* "time (s)" */
	bool emulated;
	char *said; /* all before this run was said by the call that had it measured; NULL: nothing was */
	struct entry ends; /* BAD to GOOD */
	struct entry *entry;
	size_t nr_entries;
	char good[GIT_HASH + 1], bad[GIT_HASH + 1]; /* the last of each kind; bad is the answer */
	char **left; /* commits that may be the answer, while that is not known */
	enum bisect_end end;
	struct git_about about; /* of the answer */
	char parent[GIT_HASH + 1];
	struct entry found; /* the answer to its parent; blocks 0: not measured, and why */
};

/* All of it; prints the result. An exit code. */
int bisect_main(const struct bisect_ask *ask);

char *bisect_text(const struct bisect *b, unsigned width);
char *bisect_json(const struct bisect *b);
