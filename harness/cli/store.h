/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <stdbool.h>

struct store;

/* All runs, newest first, on stdout: a table or JSON. */
int store_print_list(struct store *s, bool json);
