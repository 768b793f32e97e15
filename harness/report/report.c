/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>
#include "report/exports.h"
#include "report/page.h"
#include "topology/topology.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* hwloc reads files, so the run's topology is kept beside the page, where `lstopo -i` finds it too. */
static char *topology_text(const struct run *run, const char *out_dir)
{
	char *path, *text;
	struct topology t;
	int err;

	if (!run->topology_xml || !*run->topology_xml)
		return mem_strdup("The run has no topology.");
	path = mem_printf("%s/topology.xml", out_dir);
	err = fs_write_durable(path, run->topology_xml, strlen(run->topology_xml));
	if (!err)
		err = topology_load(path, &t);
	free(path);
	if (err)
		return mem_strdup("The run's topology can't be read.");
	text = mem_printf("%s%s%s.", t.model, *t.model ? ": " : "", topology_line(&t));
	topology_free(&t);
	return text;
}

static int write_all(const char *home, const struct compare *c, const char *out_dir)
{
	char *fig_dir = mem_printf("%s/fig", out_dir), *topology = topology_text(&c->run->run, out_dir);
	struct figures figures;
	struct view v = { c, &figures, topology, out_dir };
	int err = figures_make(home, c, fig_dir, &figures);

	if (!err)
		err = exports_write(c, out_dir);
	if (!err)
		err = page_write(home, &v);
	figures_free(&figures);
	free(topology);
	free(fig_dir);
	return err;
}

int report_write(const char *home, const struct store_run *run, const char *out_dir)
{
	struct compare c;
	int err = fs_mkdirs(out_dir);

	if (err)
		return log_err(err, "can't make %s: %s", out_dir, strerror(-err));
	compare_make(run, &c);
	err = write_all(home, &c, out_dir);
	compare_free(&c);
	return err;
}
