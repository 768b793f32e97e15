/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report, for the commands that end with it. */
#pragma once
#include "report/pages.h"

/*
 * Makes the pages of a run (NULL: the latest comparison) and those of the store, and prints the comparison
 * and where its page is. 0 or a cause, logged.
 */
int report_show(const struct pages *p, const char *id);
