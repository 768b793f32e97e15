/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a command writes beside its answer, each named by an option. */
#pragma once
#include <stddef.h>

struct output {
	const char *option; /* "--csv" */
	const char *path;   /* NULL: not wanted */
};

/* -CAUSE_USAGE, logged: two of them are one file, of which the second would be all that is left. */
int outputs_check(const struct output *output, size_t nr);
/* fs_save_named() of a text, which it takes over. */
int output_put(const char *path, char *text);
