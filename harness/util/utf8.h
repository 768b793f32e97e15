/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text from outside (task names, output of tools, messages of a policy) may contain any byte. */
#pragma once

/* A copy in valid UTF-8: every other byte is written as \xNN. NULL stays NULL; freed with free(). */
char *utf8_clean(const char *s);
/* The same for a page: so is what is not seen, and the marks that turn the direction of text. */
char *utf8_marked(const char *s);
/*
 * The same for a terminal: control characters, which a terminal would obey, and what is not seen are shown as
 * '?'. keep is one that may stay (0: none).
 */
char *utf8_printable(const char *s, char keep);
/* Columns of a terminal that valid UTF-8 takes: two for a wide character, none for a combining one. */
int utf8_width(const char *s);
/* Bytes of the longest beginning of such text that fits in this many columns. */
int utf8_fit(const char *s, int columns);
/*
 * A copy of such text, folded into lines of at most this many columns. Lines end at blanks, but not before
 * "%"; a longer word stays whole.
 */
char *utf8_fold(const char *s, int columns);
