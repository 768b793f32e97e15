/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growing text. Text from outside gets into a page only by buf_html() and buf_htmlf(). Markup is put with
 * buf_put(), and is always a literal in our own code.
 */
#pragma once
#include <stddef.h>

struct buf {
	char *text; /* NUL-terminated once anything was added; freed by the owner */
	size_t len, room;
};

void buf_bytes(struct buf *b, const char *bytes, size_t len);
void buf_put(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Escapes for HTML text and attributes. The text may contain any byte: what is not UTF-8 is shown as \xNN. */
void buf_html(struct buf *b, const char *text);
/* Formats the text, then escapes it as a whole. */
void buf_htmlf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* With at most 9 decimals, thousands in groups: "1,234,567.50". */
void buf_fixed(struct buf *b, double value, int decimals);
/* A number for people: four significant digits, thousands in groups. "absent" for NAN. */
void buf_number(struct buf *b, double value);
void buf_base64(struct buf *b, const void *bytes, size_t len);
/* A data: URI of the bytes. */
void buf_data_uri(struct buf *b, const char *type, const void *bytes, size_t len);
/* The text, never NULL; b is empty afterwards. */
char *buf_take(struct buf *b);
/* The same for a terminal: lines, without any other control character. */
char *buf_take_printable(struct buf *b);
/*
 * And folded at blanks, as a terminal of that many columns would not do it; 0: any width. A longer word, and
 * what fits, stays as it is. For what nobody copies: a command would be another one.
 */
char *buf_take_folded(struct buf *b, unsigned width);
