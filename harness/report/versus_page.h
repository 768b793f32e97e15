/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page for two: what compare and regress say, for a browser. */
#pragma once
#include "judge/regress.h"
#include "judge/versus.h"

struct versus_page {
	const struct versus_view *view;
	const char *command; /* that makes the page again */
	const char *nav;     /* links, as page_nav() has them; NULL: none */
	/* Of the gate: its judgement and its names; NULL: a comparison. */
	const struct regress *gate;
	const struct regress_names *names;
};

/* The text of the file, the caller's to free. Logs the cause of an error and returns a negative errno. */
int versus_page(const char *home, const struct versus_page *p, char **text);
