/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program whose output we read runs in the C locale: elsewhere perf prints 100,00, and others translate
 * words. All else that we start, workloads and commands, keeps the user's.
 */
#pragma once
#include <stdio.h>

/* In a child before exec. */
void locale_for_tools(void);
/* popen() for reading, of a command in that locale. */
FILE *locale_popen(const char *command);
