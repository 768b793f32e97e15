/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reliability by machine, custody by kernel, and the machines. */
#include <stdlib.h>
#include "record/env_key.h"
#include "report/fleet_section.h"
#include "text/table.h"
#include "util/fs.h"
#include "util/mem.h"

/* Of all workloads together; worst is of the first that has it. */
static struct fleet_one sum_works(const struct fleet_view *f, unsigned policy, size_t i)
{
	struct fleet_one sum = { .worst = STATUS_OK };

	for (unsigned w = 0; w < f->nr_works; w++) {
		const struct fleet_one *one = &fleet_cell(f, w, policy)->one[i];

		sum.ok += one->ok;
		sum.due += one->due;
		if (one->worst <= sum.worst)
			continue;
		sum.worst = one->worst;
		sum.why = one->why;
	}
	return sum;
}

static void put_outcome(struct buf *b, const struct fleet_one *one)
{
	if (!one->due) {
		buf_put(b, "<td class=\"absent\">not run</td>");
		return;
	}
	buf_printf(b, "<td class=\"%s\">%u of %u", one->worst >= STATUS_FAILED ? "unusable" : "none", one->ok,
		   one->due);
	if (one->worst != STATUS_OK)
		buf_printf(b, "<small class=\"status\">%s</small>", status_name(one->worst));
	if (one->why) {
		buf_put(b, "<small class=\"note\">");
		buf_html(b, one->why);
		buf_put(b, "</small>");
	}
	buf_put(b, "</td>");
}

void fleet_reliability(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	const struct fleet_view *f = p->view;

	(void)out_dir;
	table_begin(b, "Data points of the samples that were due");
	fleet_policy_heads(b, f, "machine");
	for (size_t i = 0; i < f->members->nr; i++) {
		fleet_head_cell(b, member_name(&f->members->member[i]));
		for (unsigned policy = 0; policy < f->nr_policies; policy++) {
			struct fleet_one sum = sum_works(f, policy, i);

			put_outcome(b, &sum);
		}
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}

void fleet_custody_table(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	static char *const heads[] = { "policy", "machines", "samples with a ledger",
				       "ledger", "first on", NULL };

	(void)out_dir;
	if (!p->nr_custody) {
		buf_put(b, "<p>No policy of these runs keeps a ledger, and none was audited.</p>\n");
		return;
	}
	table_begin(b, "Custody ledgers, by kernel");
	table_head(b, "kernel", heads);
	for (size_t i = 0; i < p->nr_custody; i++) {
		const struct fleet_custody *c = &p->custody[i];

		fleet_head_cell(b, mem_strdup(c->kernel));
		fleet_text_cell(b, mem_strdup(c->policy));
		buf_printf(b,
			   "<td>%u</td><td>%u of %u</td><td class=\"%s\"><span class=\"word\">%s</span></td>",
			   c->machines, c->kept, c->taken, ledger_fails(c->worst) ? "worse" : "none",
			   ledger_word(c->worst));
		fleet_text_cell(b, ledger_fails(c->worst) ? mem_printf("%.12s", c->host) : mem_strdup("–"));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}

/* Links only to a page that is there. */
static void put_run(struct buf *b, const struct run *run, const char *out_dir)
{
	char *path = mem_printf("%s/%s/index.html", out_dir, run->id);
	bool there = fs_exists(path);

	buf_put(b, "<td class=\"text\">");
	if (there) {
		buf_put(b, "<a href=\"");
		buf_html(b, run->id);
		buf_put(b, "/index.html\">");
	}
	buf_html(b, run->id);
	buf_put(b, there ? "</a>" : "");
	buf_put(b, run->ended ? "</td>" : "<small class=\"note\">has not ended</small></td>");
	free(path);
}

static void put_machine(struct buf *b, const struct member *m, const char *out_dir)
{
	const char *kernel = run_env_known(&m->run, ENV_KERNEL), *cpu = run_env_known(&m->run, ENV_CPU);

	fleet_head_cell(b, member_name(m));
	if (m->why)
		fleet_text_cell(b, mem_printf("left out: %s", m->why));
	else
		fleet_text_cell(b, mem_printf("class %u", m->class + 1));
	fleet_text_cell(b, mem_strdup(cpu ? cpu : "–"));
	fleet_text_cell(b, mem_strdup(m->shape ? m->shape : "–"));
	fleet_text_cell(b, mem_strdup(kernel ? kernel : "–"));
	put_run(b, &m->run, out_dir);
	buf_put(b, "</tr>\n");
}

void fleet_machines(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	static char *const heads[] = { "class", "CPU", "topology", "kernel", "run", NULL };
	const struct members *m = p->view->members;

	table_begin(b, "The machines, and the run that each counts by");
	table_head(b, "machine", heads);
	for (size_t i = 0; i < m->nr; i++)
		put_machine(b, &m->member[i], out_dir);
	for (size_t i = 0; i < m->nr_out; i++)
		put_machine(b, &m->out[i], out_dir);
	table_end(b);
}
