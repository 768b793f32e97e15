/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "report/pages.h"
#include "text/grid.h"
#include "text/paint.h"
#include "text/link.h"
#include "util/home.h"
#include "util/mem.h"

static void show_answer(const struct fleet_options *o, const struct fleet_view *f)
{
	char *text = o->json ? fleet_json(f) : fleet_text(f, grid_terminal());

	paint_print(text);
	printf("%s", o->json ? "\n" : "");
	free(text);
}

/* Its place is said on stdout, but not to a program. */
static int write_page(const struct fleet_options *o, struct store *store, const struct fleet_view *f)
{
	const struct pages pages = { .home = home_dir(), .results = o->results, .store = store };
	struct fleet_page page = { .view = f };
	struct fleet_custody *custody = NULL;
	struct fleet_nights nights = { 0 };
	char *dir = pages_dir(&pages), *place = mem_printf("%s/fleet.html", dir);
	int err = fleet_custody_load(store, f->members, &custody, &page.nr_custody);

	page.custody = custody;
	page.nights = &nights;
	if (!err)
		err = fleet_nights_load(store, f->members, 0, &nights);
	if (!err)
		err = fleet_page(pages.home, &page, dir);
	if (!err && !o->json) {
		putchar('\n');
		link_print(place);
	}
	fleet_custody_free(custody, page.nr_custody);
	fleet_nights_free(&nights);
	free(place);
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
	return fleet_over(o, judge_members);
}
