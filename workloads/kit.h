/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a workload written in C needs of the protocol (README.md). Only a convenience: any language works. */
#pragma once
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline long kit_env(const char *name, long otherwise)
{
	const char *text = getenv(name);
	long value = text ? strtol(text, NULL, 10) : 0;

	return value > 0 ? value : otherwise;
}

/* How much longer a sample should be than in the emulated lab. */
static inline long kit_scale(void)
{
	return kit_env("SCXB_SCALE", 1);
}

/* From here on: a program whose output is read puts a point into its numbers, and English around them. */
static inline void kit_plain_output(void)
{
	setenv("LC_ALL", "C", 1);
	unsetenv("LANGUAGE");
}

/* 20 tasks per CPU: hackbench makes 40 per group. */
static inline long kit_hackbench_groups(void)
{
	long cpus = kit_env("SCXB_CPUS", 1);

	return cpus > 1 ? cpus / 2 : 1;
}

/* The stream of results; exit() closes it. */
static inline FILE *kit_results(void)
{
	static FILE *out;

	if (!out)
		out = fdopen((int)kit_env("SCXB_RESULT_FD", 1), "w");
	if (!out) {
		perror("SCXB_RESULT_FD");
		exit(1);
	}
	return out;
}

/* Writes one line to the log, which the harness shows as the reason. Returns 1, the exit code. */
__attribute__((format(printf, 1, 2))) static inline int kit_fail(const char *fmt, ...)
{
	va_list args;

	fflush(stdout); /* what was said before is before it in the log */
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return 1;
}

/* The last line that says something, without its end: what a program says last is why it failed. */
static inline void kit_keep_last(char line[256], char last[256])
{
	line[strcspn(line, "\n")] = '\0';
	if (line[0])
		memcpy(last, line, 256);
}

/* For a workload with nothing to prepare. Both return the exit code. */
static inline int kit_main(int argc, char **argv, int (*describe)(void), int (*run)(void))
{
	const char *verb = argc == 2 ? argv[1] : "";

	if (!strcmp(verb, "--describe")) {
		puts("prepare no");
		return describe();
	}
	if (!strcmp(verb, "run"))
		return run();
	return kit_fail("usage: %s --describe | run: see workloads/README.md", argv[0]) + 1;
}
