/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run's page says, as results.json beside it has it, for the list of all runs. Inside report/ only. */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

struct index_answer {
	char *answer;	/* its weightiest sentence; NULL: the run has no page */
	char *verdicts; /* "2 better, 1 not usable" */
	char *lost;	/* "1 ejected, 2 void"; "" */
	bool emulated;
};

/* page: the run's directory. Without a file that can be read all is NULL: a list does not fail for that. */
void index_answer_read(const char *page, struct index_answer *a);
void index_answer_free(struct index_answer *a);
