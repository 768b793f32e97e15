/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libbpf's messages, the verifier's log among them, go to a file instead of the person. libbpf has one
 * print function a process, so there is one such file at a time; without one the messages are dropped.
 */
#pragma once
#include <stdbool.h>

/* NULL: drop them. 0 or a negative errno, logged. */
int print_to(const char *path);
/* Ends the file; an empty one is removed, and so is any unless keep. */
void print_end(const char *path, bool keep);
