/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: gives rows that were just written their checksums, in the caller's transaction. */
#pragma once
#include "store/totals.h"

/* A sample, read back from the database. */
int sums_sample(struct store *s, int64_t run, int64_t sample);
/* Checks, or makes again, the checksums of all runs of a machine. */
int sums_check_host(struct store *s, const char *host);
int sums_host(struct store *s, const char *host);
/* Makes all checksums of a database that has none. */
int sums_fill(struct store *s);
