/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text from outside (task names, tools' output, a policy's messages) may hold any byte. */
#pragma once

/* A copy in valid UTF-8: what is not is written as \xNN. NULL stays NULL; freed with free(). */
char *utf8_clean(const char *s);
/*
 * The same for a terminal: control characters, which a terminal would obey, are shown as '?', save for keep,
 * one that may (0: none).
 */
char *utf8_printable(const char *s, char keep);
/* Columns of a terminal that valid UTF-8 takes: two for a wide character, none for a combining one. */
int utf8_width(const char *s);
/* Bytes of the longest beginning of such text that takes no more than so many columns. */
int utf8_fit(const char *s, int columns);
/*
 * A copy of such text in lines of no more than so many columns, ended at blanks but not before "%"; a longer
 * word stays whole.
 */
char *utf8_fold(const char *s, int columns);
