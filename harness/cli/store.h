/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands about the store share. */
#pragma once
#include <stdbool.h>

struct store;

/* Of a command whose only option is --results, and which needs arguments. */
struct store_args {
	const char *results;
	char **rest; /* NULL-terminated */
	int nr;
	int code; /* to end with, when there is nothing to do: bad usage, or help was asked for and printed */
};
bool store_args(int argc, char **argv, const char *help, struct store_args *args);

/* All runs, newest first, on stdout: a table or JSON. */
int store_print_list(struct store *s, bool json);
