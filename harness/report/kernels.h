/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of several kernels side by side, judge/kernels.h, as out_dir/kernels.html and for a terminal. */
#pragma once
#include "judge/kernels.h"

struct kernels_view {
	struct kernels measured; /* runs with times */
	struct kernels counted;	 /* runs of the exact lab */
	/* Kernels that have no run, a sentence each, NULL-terminated. */
	const char *const *without;
};

/* Logs the cause and returns a negative errno. */
int kernels_page(const char *home, const struct kernels_view *v, const char *out_dir);
/* For a terminal of that many columns (0: any); the caller's to free. */
char *kernels_text(const struct kernels_view *v, unsigned width);
/*
 * A cell of instructions: "7,803", and the ratio that belongs to it with what it is to: fair of that kernel,
 * or for fair that of the first kernel which has it. Either may be NULL; both are the caller's to free.
 */
void kernels_cost(const struct kernels *k, struct kernel_place at, char **value, char **ratio);
