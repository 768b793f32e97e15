/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledgers of a comparison, one column per policy. */
#include <math.h>
#include <stdlib.h>
#include "judge/ledger.h"
#include "record/role.h"
#include "report/ledger_rows.h"
#include "report/section.h"
#include "text/buf.h"
#include "util/mem.h"

static void put_table(struct buf *b, const struct ledger *ledger, unsigned nr)
{
	struct grid g;

	grid_begin(&g, &(struct grid_column){ .head = "periods" }, 1);
	for (unsigned i = 0; i < nr; i++)
		grid_column(&g, ledger[i].title, GRID_NUMBER);
	ledger_rows(&g, ledger, nr);
	grid_html(b, &g,
		  ledger_any_audited(ledger, nr)
			  ? "Custody periods, summed over every sample of the policy; times without the "
			    "instrumented ones. Audited are the instrumented ones, alone"
			  : "Custody periods, summed over every sample of the policy; times without the "
			    "instrumented ones");
	grid_free(&g);
}

/* "fifo", "fifo, vtime" */
static void put_loud(struct buf *b, const struct ledger *ledger, unsigned nr)
{
	unsigned loud = 0;

	for (unsigned i = 0; i < nr; i++)
		if (!ledger_is_quiet(&ledger[i]))
			buf_htmlf(b, "%s%s", loud++ ? ", " : "", ledger[i].title);
}

void ledgers_html(struct buf *b, const struct ledger *ledger, unsigned nr)
{
	unsigned quiet = 0;

	for (unsigned i = 0; i < nr; i++)
		quiet += ledger_is_quiet(&ledger[i]);
	buf_printf(b, "<details%s><summary>", quiet < nr ? " open" : "");
	if (quiet < nr) {
		buf_put(b, "A ledger with a violation, or that does not balance: ");
		put_loud(b, ledger, nr);
	} else {
		buf_put(b, "The ledgers: no violation, and nobody left inside");
	}
	buf_put(b, "</summary>\n");
	put_table(b, ledger, nr);
	buf_put(b, "</details>\n");
}

static void put_audit(struct buf *b, const struct ledger *l)
{
	char *note = ledger_note(l);

	if (note)
		buf_htmlf(b, "<li>%s: %s.</li>\n", l->title, note);
	free(note);
}

static void put_note(struct buf *b, const struct ledger *l)
{
	bool none = isnan(ledger_total(l, CUSTODY_ENTRIES));

	put_audit(b, l);
	if (!none && l->exact && !(ledger_count(l, SCXB_CUSTODY_exit_inferred) > 0))
		return;
	buf_put(b, "<li>");
	if (none)
		buf_htmlf(b, "%s: no ledger: %s.", l->policy,
			  l->why ? l->why : "it does not follow schedulers/README.md");
	else
		buf_htmlf(b,
			  "%s: inferred. This kernel lacks the custody semantics, so exits are inferred "
			  "from when the task ran or was re-enqueued.",
			  l->policy);
	buf_put(b, "</li>\n");
}

/* A line of plain words for what the numbers can't show. */
static void put_notes(struct buf *b, const struct ledger *ledger, unsigned nr)
{
	buf_put(b, "<ul>\n");
	for (unsigned i = 0; i < nr; i++)
		if (!run_is_fair(&ledger[i].run->run, ledger[i].policy))
			put_note(b, &ledger[i]);
	buf_put(b, "<li>fair is the kernel's own class: its tasks never enter custody.</li>\n</ul>\n");
}

unsigned ledgers_add(const struct store_run *run, const char *policy, struct ledger *to)
{
	ledger_make(run, policy, LEDGER_ANY, &to[0]);
	if (to[0].audited || !ledger_is_kept(run, policy, LEDGER_AUDITED))
		return 1;
	ledger_make(run, policy, LEDGER_AUDITED, &to[1]);
	return 2;
}

void section_custody(struct buf *b, const struct view *v)
{
	unsigned policies = v->cmp->nr_policies, nr = 0;
	struct ledger *ledger = mem_zalloc(2 * policies, sizeof(*ledger));

	for (unsigned i = 0; i < policies; i++)
		nr += ledgers_add(v->cmp->run, v->cmp->run->run.policies[i], &ledger[nr]);
	ledgers_html(b, ledger, nr);
	put_notes(b, ledger, nr);
	for (unsigned i = 0; i < nr; i++)
		ledger_free(&ledger[i]);
	free(ledger);
}
