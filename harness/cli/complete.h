/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Completion for shells, made from the commands: their names, their options, and values where the set is
 * known. What a value is, the name of an option's argument says ("PLAN"), or of a word in the forms of a
 * command ("[RUN]"). What only the machine knows, as policies, the shell asks the program for.
 */
#pragma once
#include "cli/command.h"
#include "text/buf.h"

extern const char *const complete_shells[]; /* NULL-terminated */
/* The script for complete_shells[shell], on stdout. */
void complete_print(int shell);

/* Inside of completion only. */

/* A kind of value: one of the four is set. */
struct complete_kind {
	const char *arg;      /* names that an argument may have, blanks between */
	char *(*words)(void); /* all values, blanks between; the caller's to free */
	const char *ask;      /* what scxbench prints them by, first on a line each */
	bool is_file, is_dir;
	bool goes_on; /* words are the beginnings of values, and those of an option alone */
};
extern const struct complete_kind complete_kinds[];			   /* the last has no arg */
const struct complete_kind *complete_kind_of(const char *arg, size_t len); /* NULL: nothing is known */

/* Kinds and plain words among what follows a command's options. */
struct complete_words {
	const struct complete_kind *kind[8];
	unsigned nr_kinds;
	char *plain; /* blanks between; "" */
};
void complete_words_of(const struct command *c, struct complete_words *w);

/* The text up to where it goes into details, without what a shell would read within single quotes. */
void complete_put_summary(struct buf *b, const char *text);

void complete_bash(struct buf *b);
void complete_zsh(struct buf *b);
void complete_fish(struct buf *b);
