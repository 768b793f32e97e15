/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "report/pages.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/home.h"

static void show_answer(const struct fleet_options *o, const struct fleet_view *f)
{
	char *text = o->json ? fleet_json(f) : fleet_text(f, grid_terminal());

	printf("%s%s", text, o->json ? "\n" : "");
	free(text);
}

/* Its place is said on stdout, but not to a program. */
static int write_page(const struct fleet_options *o, struct store *store, const struct fleet_view *f)
{
	const struct pages pages = { .home = home_dir(), .results = o->results, .store = store };
	struct fleet_page page = { .view = f };
	struct fleet_custody *custody = NULL;
	struct fleet_nights nights = { 0 };
	char *dir = pages_dir(&pages);
	int err = fleet_custody_load(store, f->members, &custody, &page.nr_custody);

	page.custody = custody;
	page.nights = &nights;
	if (!err)
		err = fleet_nights_load(store, f->members, 0, &nights);
	if (!err)
		err = fleet_page(pages.home, &page, dir);
	if (!err && !o->json)
		printf("\n%s/fleet.html\n", dir);
	fleet_custody_free(custody, page.nr_custody);
	fleet_nights_free(&nights);
	free(dir);
	return err;
}

static int judge_members(const struct fleet_options *o, struct store *store, const struct members *m)
{
	struct fleet_view f = { .members = m };
	int err = fleet_check(m);

	if (!err)
		err = fleet_load(store, m, o->margin > 0 ? o->margin : NAN, &f);
	if (!err)
		show_answer(o, &f);
	if (!err && pages_wanted(&(struct pages){ .results = o->results }))
		err = write_page(o, store, &f);
	fleet_view_free(&f);
	return err;
}

int fleet_call_answer(const struct fleet_options *o)
{
	struct store *store = NULL;
	struct members m = { 0 };
	int err = store_open_in(o->results, STORE_READ, &store);

	if (!err)
		err = members_load(store, &(struct members_ask){ .plan = o->plan }, &m);
	if (!err)
		err = judge_members(o, store, &m);
	members_free(&m);
	store_close(store);
	return exit_code_of(err);
}
