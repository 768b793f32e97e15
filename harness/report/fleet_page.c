/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fleet.html: the answer of many machines. */
#include <stdlib.h>
#include <string.h>
#include "report/fleet_section.h"
#include "report/page.h"
#include "util/fs.h"
#include "util/mem.h"

#define DESCRIPTION "sched_ext policies against fair over a fleet of machines, each machine one value."

static void put_answer(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	(void)out_dir;
	answer_html(b, fleet_answer(p->view));
}

static void put_banner(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	(void)out_dir;
	banner_html(b, &p->view->members->member[0].run);
}

/* In the order of the template. */
static const struct {
	const char *name;
	void (*put)(struct buf *b, const struct fleet_page *p, const char *out_dir);
} sections[] = {
	{ "answer", put_answer },	    { "banner", put_banner },
	{ "matrix", fleet_matrix },	    { "classes", fleet_classes },
	{ "forest", fleet_forest },	    { "reliability", fleet_reliability },
	{ "custody", fleet_custody_table }, { "nights", fleet_nights_table },
	{ "machines", fleet_machines },
};
#define NR_SECTIONS (sizeof(sections) / sizeof(*sections))

int fleet_page(const char *home, const struct fleet_page *p, const char *out_dir)
{
	struct slot slot[NR_SECTIONS + 3] = { { "title", mem_strdup("scxbench: a fleet of machines") },
					      { "description", mem_strdup(DESCRIPTION) },
					      { "nav", page_nav(out_dir, "", "fleet.html") } };
	struct page page = { "fleet.html", "fleet.html", NULL, slot, NR_SECTIONS + 3 };
	int err = fs_make_dir(out_dir);

	for (size_t i = 0; i < NR_SECTIONS; i++) {
		struct buf b = { 0 };

		buf_put(&b, "");
		sections[i].put(&b, p, out_dir);
		slot[i + 3] = (struct slot){ sections[i].name, buf_take(&b) };
	}
	return err ? err : page_make(home, &page, out_dir);
}
