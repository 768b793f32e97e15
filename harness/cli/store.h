/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands about the store share. */
#pragma once
#include <stdbool.h>

struct store;

/* DIR/scxbench.db; create: with the directory. 0 or a negative errno, logged. */
int cli_open_store(const char *results, bool create, struct store **store);
/* All runs, newest first, on stdout: a table or JSON. */
int store_print_list(struct store *s, bool json);
