/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program that the attached scheduler has for an op, whoever wrote and loaded it. It is found by the
 * table of ops that the kernel has registered under the scheduler's name, and by the op's place in the
 * kernel's own struct: names of programs and maps, which the kernel cuts to 15 letters, do not matter. Needs
 * root.
 */
#pragma once
#include <stddef.h>

/*
 * ops: the scheduler's name. A descriptor of the program; -ENOENT: the scheduler has no such op, and the
 * kernel nothing to call; -ENOTSUP: its table was not found. Logs nothing.
 */
int find_op(const char *ops, const char *op);
/* The whole name of a program's function; "" where the kernel does not tell. */
void find_prog_name(int prog, char *name, size_t len);
