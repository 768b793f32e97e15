/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/cause.h"

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
	struct store *store = NULL;
	struct members m = { 0 };
	int err = store_open_in(o->results, STORE_READ, &store);

	if (!err)
		err = members_load(store, &(struct members_ask){ .plan = o->plan }, &m);
	if (!err)
		err = show_nights(o, store, &m);
	members_free(&m);
	store_close(store);
	return exit_code_of(err);
}
