/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command that repeats a run, to be pasted into a shell. Nobody calls the program by hand in the lab:
 * there it is make, which passes its variables on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"

/* Characters that mean nothing to a shell, and do not end a word of make. */
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:,=+/@%-"

static void put_word(FILE *f, const char *word)
{
	fputc('\'', f);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", f);
		else
			fputc(*word, f);
	fputc('\'', f);
}

void bench_put_word(FILE *f, const char *word)
{
	if (*word && !word[strspn(word, PLAIN)])
		fputs(word, f);
	else
		put_word(f, word);
}

/* A variable of make, between double quotes of a shell. */
static void put_variable(FILE *f, const char *name, const char *value)
{
	fprintf(f, " %s=\"", name);
	for (; *value; value++)
		if (*value == '$')
			fputs("\\$\\$", f);
		else
			fprintf(f, strchr("\"\\`", *value) ? "\\%c" : "%c", *value);
	fputc('"', f);
}

/* The arguments of -s; the second arm of the baseline is not one of them. NULL-terminated. */
static unsigned policy_arguments(const struct bench *b, char *argument[BENCH_MAX_POLICIES])
{
	unsigned nr = 0;

	for (unsigned i = 0; i < b->nr_policies; i++)
		if (bench_arm(b, i) != ARM_TWIN)
			argument[nr++] = policy_argument(&b->policy[i]);
	return nr;
}

static bool all_plain(char *const *argument, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++)
		if (argument[i][strspn(argument[i], PLAIN)])
			return false;
	return true;
}

/* Words that are all plain, in one variable. */
static void put_list(FILE *f, const char *name, char *const *word, unsigned nr)
{
	fprintf(f, " %s=\"", name);
	for (unsigned i = 0; i < nr; i++)
		fprintf(f, "%s%s", i ? " " : "", word[i]);
	fputc('"', f);
}

static void put_policies(FILE *f, FILE *args, const struct bench *b)
{
	char *argument[BENCH_MAX_POLICIES] = { 0 };
	unsigned nr = policy_arguments(b, argument);
	bool listed = bench_in_lab(b) && all_plain(argument, nr);

	if (listed)
		put_list(f, "SCHEDULERS", argument, nr);
	for (unsigned i = 0; i < nr; i++) {
		if (!listed) {
			fputs(" -s ", args);
			put_word(args, argument[i]);
		}
		free(argument[i]);
	}
}

static void put_workloads(FILE *f, FILE *args, const struct bench *b)
{
	char *name[BENCH_MAX_POLICIES] = { 0 };

	for (unsigned i = 0; i < b->nr_workloads; i++)
		name[i] = b->workload[i]->given ?: b->workload[i]->name;
	if (bench_in_lab(b) && all_plain(name, b->nr_workloads))
		put_list(f, "WORKLOADS", name, b->nr_workloads);
	else
		for (unsigned i = 0; i < b->nr_workloads; i++) {
			fputs(" -w ", args);
			bench_put_word(args, name[i]);
		}
}

bool bench_in_lab(const struct bench *b)
{
	return !strcmp(b->opt.where, "lab");
}

char *bench_command_of(const struct bench *b, const char *begin, void (*more)(FILE *, const struct bench *))
{
	char *text, *options;
	size_t len;
	FILE *f = open_memstream(&text, &len), *args = open_memstream(&options, &len);

	fputs(begin, f);
	put_policies(f, args, b);
	put_workloads(f, args, b);
	if (more)
		more(args, b);
	fclose(args);
	if (!bench_in_lab(b))
		fputs(options, f);
	else if (*options)
		put_variable(f, "ARGS", options + 1);
	fclose(f);
	free(options);
	return text;
}

static void put_option(FILE *f, const char *name, const char *value)
{
	if (!value)
		return;
	fprintf(f, " %s ", name);
	bench_put_word(f, value);
}

/* Options that are not variables of make. */
static void put_options(FILE *f, const struct bench *b)
{
	bool aa = bench_find(b, ARM_TWIN) >= 0;

	if (b->opt.baseline) {
		fputs(" --baseline ", f);
		put_word(f, b->opt.baseline);
	}
	put_option(f, "--precision", b->opt.precision);
	put_option(f, "--time-budget", b->opt.time_budget);
	put_option(f, "--attach-limit", b->opt.attach_limit);
	put_option(f, "--watch-budget", b->opt.watch_budget);
	if (b->spec.restarts > 1)
		fprintf(f, " --restarts %u", b->spec.restarts);
	if (aa != b->kind->aa)
		fputs(aa ? " --aa" : " --no-aa", f);
	if (b->opt.no_warmup)
		fputs(" --no-warmup", f);
	if (b->opt.no_instrumented && !b->kind->bare)
		fputs(" --no-instrumented", f);
	if (b->opt.outside == OUTSIDE_INSTRUMENTED)
		fputs(" --audit-custody", f);
	put_option(f, "--host", b->opt.host);
	put_option(f, "--user", b->opt.user);
}

/* The exact lab's script, which knows the seeds, puts them in. */
static char *exact_command(const struct bench *b)
{
	return bench_command_of(b, "make exact", NULL);
}

char *bench_command(const struct bench *b)
{
	char *begin, *text;
	size_t len;
	FILE *f;

	if (b->kind->exact)
		return exact_command(b);
	f = open_memstream(&begin, &len);
	fprintf(f,
		bench_in_lab(b) ? "make bench WHERE=lab PLAN=%s BLOCKS=%u SEED=%llu"
				: "scxbench bench --plan %s --blocks %u --seed %llu",
		b->kind->name, b->spec.blocks, (unsigned long long)b->run.seed);
	fclose(f);
	text = bench_command_of(b, begin, put_options);
	free(begin);
	return text;
}
