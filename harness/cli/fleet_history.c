/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "text/grid.h"

static int show_nights(const struct fleet_options *o, struct store *store, const struct members *m)
{
	struct fleet_nights n = { 0 };
	int err = fleet_check(m);
	char *text;

	if (!err)
		err = fleet_nights_load(store, m, 0, &n);
	if (!err) {
		text = o->json ? fleet_nights_json(&n) : fleet_nights_text(&n, grid_terminal());
		printf("%s%s", text, o->json ? "\n" : "");
		free(text);
	}
	fleet_nights_free(&n);
	return err;
}

int fleet_call_history(const struct fleet_options *o)
{
	return fleet_over(o, show_nights);
}
