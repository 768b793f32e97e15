/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of --help, made from the commands. */
#pragma once
#include <stdio.h>

struct command;

/* The text around a command's options, in argp's form; the caller's to free. */
char *help_doc(const struct command *c);
/* The list of commands. */
void help_overview(FILE *to);
