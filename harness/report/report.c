/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "report/page.h"
#include "topology/topology.h"
#include "figures/life_draw.h"
#include "util/fs.h"
#include "util/mem.h"

/* hwloc reads files, so the run's topology is kept beside the page, where `lstopo -i` finds it too. */
static int load_machine(const struct run *run, const char *out_dir, struct topology *t)
{
	char *path = mem_printf("%s/topology.xml", out_dir);
	int err = -ENOENT;

	if (run->topology_xml && *run->topology_xml)
		err = fs_write_durable(path, run->topology_xml, strlen(run->topology_xml));
	if (!err)
		err = topology_load(path, t);
	free(path);
	return err;
}

static int write_all(const char *home, struct view v)
{
	char *fig_dir = mem_printf("%s/fig", v.out_dir);
	struct figures figures;
	struct lives lives;
	int err = figures_make(home, v.cmp, fig_dir, &figures);

	v.figures = &figures;
	lives_make(v.cmp, &lives);
	v.lives = &lives;
	if (!err)
		err = lives_draw(v.cmp, fig_dir, &lives);
	if (!err)
		err = exports_write(v.cmp, v.out_dir);
	if (!err)
		err = page_write(home, &v);
	lives_free(&lives);
	figures_free(&figures);
	free(fig_dir);
	return err;
}

int report_write(const char *home, const struct store_run *run, const struct report_before *before,
		 const char *out_dir)
{
	struct compare c;
	struct topology machine;
	struct view v = { .cmp = &c, .before = before, .out_dir = out_dir };
	int err = fs_make_dir(out_dir);

	if (err)
		return err;
	if (!load_machine(&run->run, out_dir, &machine))
		v.machine = &machine;
	compare_make(run, &c);
	err = write_all(home, v);
	compare_free(&c);
	if (v.machine)
		topology_free(&machine);
	return err;
}
