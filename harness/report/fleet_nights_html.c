/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fleet over time, a part of fleet.html. */
#include <math.h>
#include <stdlib.h>
#include "figures/spark.h"
#include "report/fleet_section.h"
#include "text/table.h"
#include "util/mem.h"

static void put_line(struct buf *b, const struct fleet_line *line)
{
	const struct history_series *s = &line->series;

	fleet_head_cell(b, mem_strdup(s->workload));
	fleet_text_cell(b, mem_strdup(s->policy));
	buf_printf(b, "<td>%zu</td>", s->nr);
	fleet_text_cell(b, history_number(s, history_level(s)));
	fleet_text_cell(b, history_number(s, history_latest(s) ? history_latest(s)->ratio : NAN));
	buf_printf(b, "<td>%u</td><td>%zu</td><td>", s->night[s->nr - 1].values, s->nr_points);
	spark_svg(b, s, 0, s->nr);
	buf_put(b, "</td></tr>\n");
}

void fleet_nights_table(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	static char *const heads[] = { "policy",	"nights",  "level",	 "latest",
				       "machines then", "changes", "all nights", NULL };
	const struct fleet_nights *n = p->nights;
	char *changes;

	(void)out_dir;
	if (!n || n->nr_days < 2) {
		buf_put(b, "<p>All runs are of one day.</p>\n");
		return;
	}
	changes = fleet_nights_changes(n);
	buf_put(b, "<p class=\"lines\">");
	buf_html(b, *changes ? changes : "No level changed.");
	buf_put(b, "</p>\n");
	free(changes);
	table_begin(b, "The fleet's ratio to fair, night by night");
	table_head(b, "workload", heads);
	for (size_t i = 0; i < n->nr; i++)
		put_line(b, &n->line[i]);
	table_end(b);
}
