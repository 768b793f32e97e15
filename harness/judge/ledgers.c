/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/ledgers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/kernel_label.h"
#include "record/metric_name.h"
#include "text/buf.h"
#include "util/mem.h"

static void add_policy(struct ledgers *s, const char *policy, enum ledger_of of)
{
	for (unsigned i = 0; i < s->nr_policies; i++)
		if (s->policy[i].of == of && !strcmp(s->policy[i].name, policy))
			return;
	s->policy = mem_grow(s->policy, s->nr_policies, sizeof(*s->policy));
	s->policy[s->nr_policies++] = (struct ledgers_policy){ policy, of };
}

static void add_policies(struct ledgers *s, const struct store_run *run)
{
	for (char **p = run->run.policies; p && *p; p++) {
		add_policy(s, *p, LEDGER_ANY);
		if (ledger_is_kept(run, *p, LEDGER_OWN) && ledger_is_kept(run, *p, LEDGER_AUDITED))
			add_policy(s, *p, LEDGER_AUDITED);
	}
}

void ledgers_make(const struct store_run *run, size_t nr, struct ledgers *s)
{
	*s = (struct ledgers){ .run = run, .nr_runs = (unsigned)nr };
	s->label = kernel_labels(run, nr);
	for (unsigned i = 0; i < s->nr_runs; i++)
		add_policies(s, &run[i]);
	s->ledger = mem_zalloc(s->nr_policies * s->nr_runs, sizeof(*s->ledger));
	for (unsigned i = 0; i < s->nr_policies * s->nr_runs; i++) {
		const struct ledgers_policy *p = &s->policy[i / s->nr_runs];

		ledger_make(&run[i % s->nr_runs], p->name, p->of, &s->ledger[i]);
	}
}

void ledgers_free(struct ledgers *s)
{
	for (unsigned i = 0; i < s->nr_policies * s->nr_runs; i++)
		ledger_free(&s->ledger[i]);
	free(s->ledger);
	free(s->policy);
	kernel_labels_free(s->label);
}

const struct ledger *ledgers_of(const struct ledgers *s, unsigned policy, unsigned run)
{
	return &s->ledger[policy * s->nr_runs + run];
}

struct sum {
	unsigned in_state[LEDGER_NONE + 1], policies;
	unsigned audited, agreed; /* ledgers beside which there is an audit */
	bool exact;
	double entries, exits, inferred, violations;
};

static double or_none(double x)
{
	return isnan(x) ? 0 : x;
}

static struct sum sum_of(const struct ledgers *s, unsigned run)
{
	struct sum sum = { .exact = true };

	for (unsigned p = 0; p < s->nr_policies; p++) {
		const struct ledger *l = ledgers_of(s, p, run);
		enum ledger_state state = ledger_state(l);

		/* The same periods again. */
		if (s->policy[p].of == LEDGER_AUDITED) {
			sum.audited += state != LEDGER_NONE;
			sum.agreed += state != LEDGER_NONE && l->kept && !l->differs;
			continue;
		}
		sum.in_state[state]++;
		sum.policies += state != LEDGER_NONE;
		sum.exact &= l->exact;
		sum.entries += or_none(ledger_total(l, CUSTODY_ENTRIES));
		sum.exits += or_none(ledger_total(l, CUSTODY_EXITS));
		sum.inferred += or_none(ledger_count(l, SCXB_CUSTODY_exit_inferred));
		sum.violations += or_none(ledger_total(l, CUSTODY_VIOLATIONS));
	}
	return sum;
}

static void put_exact(struct buf *b, const struct sum *sum)
{
	buf_printf(b, "reports every exit from custody. %u of %u ledgers balance to the last task: ",
		   sum->in_state[LEDGER_BALANCED], sum->policies);
	buf_number(b, sum->entries);
	buf_put(b, " entries, ");
	buf_number(b, sum->exits);
}

static void put_inferred(struct buf *b, const struct sum *sum)
{
	buf_put(b, "lacks the custody semantics. It reported ");
	buf_number(b, sum->exits - sum->inferred);
	buf_put(b, " of ");
	buf_number(b, sum->exits);
	buf_put(b, " exits. The other ");
	buf_number(b, sum->inferred);
	buf_put(b, " are inferred from when the task ran or was enqueued again: a ledger that waits for "
		   "a report has a double entry at the task's next enqueue for each. ");
	buf_number(b, sum->entries);
	buf_put(b, " entries, ");
	buf_number(b, sum->exits);
}

char *ledgers_answer(const struct ledgers *s, unsigned run)
{
	struct sum sum = sum_of(s, run);
	struct buf b = { 0 };

	buf_printf(&b, "Linux %s ", s->label[run]);
	(sum.exact ? put_exact : put_inferred)(&b, &sum);
	buf_put(&b, " exits, ");
	buf_number(&b, sum.violations);
	buf_put(&b, sum.violations == 1 ? " violation." : " violations.");
	if (sum.audited)
		buf_printf(&b, " Seen from outside, %u of %u are the same.", sum.agreed, sum.audited);
	return buf_take(&b);
}

static void put_not_ok(struct buf *b, const struct ledgers *s, unsigned run)
{
	for (size_t i = 0; i < s->run[run].nr; i++) {
		const struct record *r = &s->run[run].sample[i];

		if (r->status != STATUS_OK)
			buf_printf(b, "Linux %s, %s is %s: %s\n", s->label[run], r->policy,
				   status_name(r->status), r->why ? r->why : "no reason recorded");
	}
}

/* The same storm ran under each policy, so the first that has a reason is enough. */
static bool put_absent(struct buf *b, const struct ledgers *s, unsigned run, const struct ledger *l)
{
	bool any = false;

	for (size_t i = 0; i < l->sum.nr; i++) {
		const struct metric *m = &l->sum.metric[i];
		const char *kind = metric_rest(m->name, METRIC_STORM);

		if (!m->absent || !kind || strstr(kind, METRIC_STORM_CAUGHT))
			continue;
		buf_printf(b, "Linux %s, no %s: %s\n", s->label[run], kind, m->absent);
		any = true;
	}
	return any;
}

static void put_outside(struct buf *b, const struct ledgers *s, unsigned run, const struct ledger *l)
{
	char *note = ledger_note(l);

	if (note)
		buf_printf(b, "Linux %s, %s: %s\n", s->label[run], l->title, note);
	free(note);
}

char *ledgers_notes(const struct ledgers *s, unsigned run)
{
	struct buf b = { 0 };

	put_not_ok(&b, s, run);
	for (unsigned p = 0; p < s->nr_policies; p++)
		put_outside(&b, s, run, ledgers_of(s, p, run));
	for (unsigned p = 0; p < s->nr_policies; p++)
		if (put_absent(&b, s, run, ledgers_of(s, p, run)))
			break;
	return buf_take(&b);
}

bool ledgers_fail(const struct store_run *run)
{
	bool failed = run->nr < run->run.planned;
	struct ledgers s;

	ledgers_make(run, 1, &s);
	for (unsigned p = 0; p < s.nr_policies; p++)
		failed |= ledger_fails(ledger_state(ledgers_of(&s, p, 0)));
	ledgers_free(&s);
	return failed;
}

bool ledgers_fail_sample(const struct record *r)
{
	struct store_run run = { .sample = (struct record *)r, .nr = 1 };
	bool failed = false;

	for (enum ledger_of of = LEDGER_AUDITED; of <= LEDGER_ANY; of++) {
		struct ledger l;

		if (of == LEDGER_AUDITED && !ledger_is_kept(&run, r->policy, of))
			continue;
		ledger_make(&run, r->policy, of, &l);
		failed |= ledger_fails(ledger_state(&l));
		ledger_free(&l);
	}
	return failed;
}
