/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fair twice: a machine that treats arms unequally has no verdict where the two arms of fair show it, and
 * where it treats them equally both serve as the baseline.
 */
#include <string.h>
#include "run.h"

static char *twice[] = { (char *)"fair", (char *)"fair#2", (char *)"a", NULL };
static char *once[] = { (char *)"fair", (char *)"a", NULL };
static char *work[] = { (char *)"build", NULL };

/* In log values: standard deviation of a sample, what the arms have, what the policy really does. */
struct machine {
	double noise, arm[3], effect;
	bool twice;
};

struct found {
	double decided, equal, vetoed, width; /* in % of runs; of the 95 % interval, in % */
};

static double value_of(void *ctx, const struct plan_item *item, int before)
{
	const struct machine *m = ctx;
	unsigned arm = m->twice || !item->policy ? item->policy : 2;

	(void)before;
	return 10 * exp(m->arm[arm] + (arm == 2 ? m->effect : 0) + m->noise * draw(NORMAL));
}

static void count_run(struct synthetic *s, const struct machine *m, struct found *f)
{
	struct compare c;
	const struct judgement *j;

	synthetic_make(s, &c);
	j = &compare_cell(&c, 0, m->twice ? 2 : 1)->judgement;
	f->decided += says_different(j->verdict);
	f->equal += j->verdict == VERDICT_EQUIVALENT;
	f->vetoed += j->reason == REASON_AA;
	f->width += j->effect.high / j->effect.low - 1;
	synthetic_free(s, &c);
}

/* bias: the standard deviation of what an arm has, drawn again for each run; 0: as the machine says. */
static struct found count_runs(const struct machine *given, double bias, unsigned blocks, unsigned runs)
{
	struct machine m = *given;
	struct found f = { 0 };
	struct synthetic s = { .value = value_of,
			       .ctx = &m,
			       .policies = m.twice ? twice : once,
			       .workloads = work,
			       .blocks = blocks };

	for (unsigned r = 0; r < runs; r++) {
		for (int arm = 0; arm < 3 && bias > 0; arm++)
			m.arm[arm] = bias * draw(NORMAL);
		count_run(&s, &m, &f);
	}
	for (double *sum = &f.decided; sum <= &f.width; sum++)
		*sum *= 100.0 / runs;
	return f;
}

static const struct machine unequal = { .noise = 0.01, .arm = { 0, 0.0488, 0.0392 }, .twice = true };

static void put_biased(const char *what, const struct machine *m, double bias, unsigned blocks)
{
	struct found f = count_runs(m, bias, blocks, 4000);

	printf("| %s | %u | %.1f | %.1f | %.1f |\n", what, blocks, f.decided, f.equal, f.vetoed);
}

static void put_power(double noise, double effect, unsigned blocks)
{
	struct machine m = { .noise = noise, .effect = log1p(effect) };
	struct found one = count_runs(&m, 0, blocks, 4000), two;

	m.twice = true;
	two = count_runs(&m, 0, blocks, 4000);
	printf("| %.0f %% at %.0f %% | %u | %.1f | %.1f | %.2f | %.2f | %.3f |\n", 100 * effect, 100 * noise,
	       blocks, one.decided, two.decided, one.width, two.width, two.width / one.width);
}

static void table(void)
{
	static const double biases[] = { 0.005, 0.01, 0.02, 0.05 };

	for (unsigned blocks = 15; blocks <= 30; blocks *= 2) {
		struct machine once_only = unequal;

		once_only.twice = false;
		put_biased("policy +4 %", &once_only, 0, blocks);
		put_biased("fair#2 +5 %, policy +4 %", &unequal, 0, blocks);
	}
	for (size_t i = 0; i < sizeof(biases) / sizeof(*biases); i++) {
		for (unsigned blocks = 15; blocks <= 30; blocks *= 2) {
			struct machine m = { .noise = 0.01 };
			char what[64];

			snprintf(what, sizeof(what), "any arm, sd %.1f %%", 100 * biases[i]);
			put_biased(what, &m, biases[i], blocks);
			m.twice = true;
			put_biased(what, &m, biases[i], blocks);
		}
	}
	for (unsigned blocks = 8; blocks <= 32; blocks *= 2) {
		put_power(0.02, 0.02, blocks);
		put_power(0.02, 0.03, blocks);
	}
}

int main(int argc, char **argv)
{
	const unsigned runs = 300;
	struct machine quiet = { .noise = 0.02, .effect = 0.02 };
	struct found one, two, biased;

	begin(1, argv);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table();
		return 0;
	}
	biased = count_runs(&unequal, 0, 15, runs);
	ok(biased.decided == 0, "arms that differ by 5 %%: no verdict (%.1f %%)", biased.decided);
	one = count_runs(&quiet, 0, 15, runs);
	quiet.twice = true;
	two = count_runs(&quiet, 0, 15, runs);
	ok(two.width < 0.92 * one.width, "both arms as the baseline: intervals %.3f times as wide",
	   two.width / one.width);
	ok(two.decided > one.decided, "and 2 %% is found more often: %.1f %%, not %.1f %%", two.decided,
	   one.decided);
	return end();
}
