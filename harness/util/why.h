/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why something failed, as a text. The caller decides whether it goes to the log, into a sample's record or
 * to a page.
 */
#pragma once

#define WHY_FMT(n) __attribute__((format(printf, n, n + 1)))

struct why {
	char text[256]; /* cut where it is longer */
};

/* Returns err, so that it can be returned in turn. */
int why_set(struct why *why, int err, const char *fmt, ...) WHY_FMT(3);
/* Appends to the text. */
void why_add(struct why *why, const char *fmt, ...) WHY_FMT(2);
