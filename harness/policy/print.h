/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libbpf's messages, the verifier's log among them, go to a file instead of the terminal. libbpf has one
 * print function for the process, so there is one such file at a time. Without a file the messages are
 * dropped.
 */
#pragma once
#include <stdbool.h>
#include "policy/refusal.h"

/* path NULL: drop them. 0 or a negative errno, logged. */
int print_to(const char *path);
/* Closes the file. Removes it if it is empty or keep is false. */
void print_end(const char *path, bool keep);
/* The file's descriptor, or -1. */
int print_file(void);
/* Its middle is dropped if a command has written much. False: it had not. */
bool print_cut(void);
/* What the messages named since print_to(). */
const struct refusal *print_refusal(void);
