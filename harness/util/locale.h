/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program whose output we read runs in the C locale: elsewhere perf prints 100,00, and others translate
 * words. All else that we start, workloads and commands, keeps the user's.
 */
#pragma once
#include <stdio.h>

/* In a child before exec. */
void locale_for_tools(void);
/*
 * The same with UTF-8, for one that puts any text into pictures: gnuplot warns of a locale without it. It is
 * the C locale where the system does not have that one.
 */
void locale_for_pictures(void);
/* popen() for reading, of a command in that locale. */
FILE *locale_popen(const char *command);
