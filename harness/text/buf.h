/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growing text, and the one way that text from outside gets into a page: buf_html() and buf_htmlf().
 * What is markup is put with buf_put() and is a literal of ours.
 */
#pragma once
#include <stddef.h>

struct buf {
	char *text; /* NUL-terminated once anything was put; freed by the owner */
	size_t len, room;
};

void buf_bytes(struct buf *b, const char *bytes, size_t len);
void buf_put(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Escaped for HTML text and attributes; any byte may come: what is no UTF-8 is shown as \xNN. */
void buf_html(struct buf *b, const char *text);
/* Formatted, then escaped as a whole. */
void buf_htmlf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A number as a person reads it: four digits that count, thousands in groups. "absent" for NAN. */
void buf_number(struct buf *b, double value);
/* A data: URI of the bytes. */
void buf_data_uri(struct buf *b, const char *type, const void *bytes, size_t len);
/* The text, never NULL; b is empty afterwards. */
char *buf_take(struct buf *b);
/* The same for a terminal: lines, without any other control character. */
char *buf_take_printable(struct buf *b);
