/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kernel_runs.h"

#include <stdlib.h>
#include "record/env_key.h"
#include "text/table.h"
#include "util/fs.h"
#include "util/mem.h"

static void put_env(struct buf *b, const struct run *run, const char *key)
{
	const char *value = run_env(run, key);

	buf_put(b, "<td>");
	buf_html(b, value ? value : "unknown");
	buf_put(b, "</td>");
}

/* A link only where the run's page is. */
static void put_id(struct buf *b, const char *id, const char *out_dir)
{
	char *path = mem_printf("%s/%s/index.html", out_dir ? out_dir : "", id);
	bool there = out_dir && fs_exists(path);

	if (there) {
		buf_put(b, "<a href=\"");
		buf_html(b, id);
		buf_put(b, "/index.html\">");
	}
	buf_html(b, id);
	buf_put(b, there ? "</a>" : "");
	free(path);
}

static void put_run(struct buf *b, const struct kernel_runs *k, unsigned i)
{
	const struct run *run = &k->run[i].run;

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, k->label[i]);
	buf_put(b, "</th>");
	put_env(b, run, ENV_KERNEL);
	put_env(b, run, ENV_CPU_ONLINE);
	buf_put(b, "<td>");
	buf_html(b, run->where);
	buf_put(b, "</td><td>");
	put_id(b, run->id, k->out_dir);
	buf_printf(b, ": %zu of %u samples</td><td class=\"why\"><code>", k->run[i].nr, run->planned);
	buf_html(b, run->command);
	buf_put(b, "</code></td></tr>\n");
}

void kernel_runs(struct buf *b, const struct kernel_runs *k)
{
	static char *const heads[] = { "release", "CPUs", "where", "run", "again", NULL };

	table_begin(b, "Where the numbers come from");
	table_head(b, "Linux", heads);
	for (unsigned i = 0; i < k->nr; i++)
		put_run(b, k, i);
	table_end(b);
}
