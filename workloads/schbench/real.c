/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schbench itself. It prints the same percentiles while it runs, of what it has seen so far. The last ones,
 * which "average rps" follows instead of "current rps", are its result.
 */
#include <sys/wait.h>
#include "../kit.h"
#include "schbench.h"

#define FEW 10
#define NOT_FOUND 127 /* a shell's */

static const struct {
	const char *heading, *name;
} kinds[] = { { "Wakeup Latencies percentiles (usec)", "wakeup" },
	      { "Request Latencies percentiles (usec)", "request" } };
static const struct {
	double percent;
	const char *name;
} quantiles[] = { { 50, "p50" }, { 99, "p99" }, { 99.9, "p99.9" } };

#define KINDS (sizeof(kinds) / sizeof(*kinds))
#define QUANTILES (sizeof(quantiles) / sizeof(*quantiles))

/* What was said last. */
struct said {
	double samples[KINDS], us[KINDS][QUANTILES]; /* us: -1, not said */
	int kind;				     /* of the lines that follow; -1: none of these */
	double rps, runtime;			     /* rps: -1, until the last ones are complete */
};

static void begin_kind(struct said *s, int kind, const char *line)
{
	const char *runtime = strstr(line, " runtime ");

	s->kind = kind;
	for (size_t q = 0; q < QUANTILES; q++)
		s->us[kind][q] = -1;
	if (!runtime || sscanf(runtime, " runtime %lf (s) (%lf total", &s->runtime, &s->samples[kind]) != 2)
		s->kind = -1;
}

static void take_quantile(struct said *s, const char *line)
{
	double percent, us;

	line += strspn(line, " \t*");
	if (sscanf(line, "%lfth: %lf", &percent, &us) != 2)
		return;
	for (size_t q = 0; q < QUANTILES; q++)
		if (percent == quantiles[q].percent)
			s->us[s->kind][q] = us;
}

static void take_line(struct said *s, const char *line)
{
	if (strstr(line, "percentiles (")) {
		s->kind = -1;
		s->rps = -1;
	}
	for (size_t k = 0; k < KINDS; k++)
		if (!strncmp(line, kinds[k].heading, strlen(kinds[k].heading)))
			return begin_kind(s, k, line);
	if (s->kind >= 0)
		take_quantile(s, line);
	sscanf(line, "average rps: %lf", &s->rps);
}

static void report_kind(const struct said *s, size_t k)
{
	FILE *out = kit_results();

	for (size_t q = 0; q < QUANTILES; q++)
		if (s->us[k][q] < 0 || s->samples[k] * (100 - quantiles[q].percent) / 100 < FEW)
			fprintf(out, "absent %s_%s us too few values beyond it\n", kinds[k].name,
				quantiles[q].name);
		else
			fprintf(out, "metric %s_%s us lower %.0f\n", kinds[k].name, quantiles[q].name,
				s->us[k][q]);
}

static int report_said(const struct said *s)
{
	if (s->rps < 0 || s->samples[0] <= 0 || s->samples[1] <= 0)
		return kit_fail(
			"schbench said no final percentiles: its output is of a version that is not known");
	for (size_t k = 0; k < KINDS; k++)
		report_kind(s, k);
	fprintf(kit_results(), "metric rps request/s higher %.2f\nmetric work_done request none %.0f\n",
		s->rps, s->samples[1]);
	return 0;
}

int real_run(const struct options *o)
{
	struct said said = { .rps = -1, .kind = -1 };
	char command[256], line[256], last[256] = "it said nothing";
	int status;
	FILE *out;

	snprintf(command, sizeof(command),
		 "exec schbench -m %ld -t %ld -r %ld -i %ld -F %ld -n %ld -s %ld -R %ld 2>&1",
		 o->message_threads, o->threads, o->runtime_s, o->runtime_s + 10, o->footprint_kb,
		 o->operations, o->sleep_us, o->rps);
	kit_plain_output();
	out = popen(command, "r");
	if (!out)
		return kit_fail("schbench can't be started");
	while (fgets(line, sizeof(line), out)) {
		fputs(line, stdout);
		take_line(&said, line);
		kit_keep_last(line, last);
	}
	status = pclose(out);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
		return kit_fail(
			"schbench is not installed: build github.com/masoncl/schbench, and put it into "
			"/usr/local/bin (in the lab: into LAB_FILES/bin)");
	if (status)
		return kit_fail("schbench failed: %s", last);
	return report_said(&said);
}
