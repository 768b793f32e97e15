/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --html: a command's answer as a page of its own. */
#pragma once
#include "cli/command.h"

struct html {
	bool wanted;
	const char *output; /* the file; NULL: stdout */
};
extern const struct argp options_html; /* a struct html */

/* -CAUSE_USAGE, logged: a file without a page, or two forms at once. */
int html_check(const struct html *html, bool other_form);
/* The call's words, quoted; two of them by the names that stay what they are. The caller's to free. */
char *html_command(const struct call *call, const char *a, const char *b);
/* Takes the page over. The place of a file is said on stdout. */
int html_put(const struct html *html, char *page);
