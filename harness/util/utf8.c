/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>
#include "util/mem.h"

/*
 * Bytes of the character at s, 0 if there is no valid one. The last two code points of each plane (U+FFFE,
 * U+FFFF, ...) are not valid either: they stand for no character and are forbidden in XML.
 */
static int character_at(const char *s, ucs4_t *code)
{
	int len = u8_strmbtouc(code, (const uint8_t *)s);

	return len < 0 || (*code & 0xfffe) == 0xfffe ? 0 : len;
}

/* Nothing is to be seen of it, or it turns the direction of text: with it one name looks like another. */
static bool is_hidden(ucs4_t code)
{
	return uc_is_property_bidi_control(code) || (uc_is_property_default_ignorable_code_point(code) &&
						     !uc_is_property_variation_selector(code));
}

/* What a terminal obeys instead of showing it: also what ends a line. */
static bool is_obeyed(ucs4_t code)
{
	return uc_is_cntrl(code) || is_hidden(code) || code == 0x2028 || code == 0x2029;
}

/* Control characters become '?', except keep. */
static char *utf8_copy(const char *s, bool controls, char keep)
{
	char *out, *to;
	ucs4_t code;

	to = out = mem_zalloc(4 * strlen(s) + 1, 1);
	while (*s) {
		int len = character_at(s, &code);

		if (!len)
			to += sprintf(to, "\\x%02x", (unsigned char)*s);
		else if (!controls && is_obeyed(code) && code != (ucs4_t)keep)
			*to++ = '?';
		else
			to = mempcpy(to, s, len);
		s += len ? len : 1;
	}
	return out;
}

char *utf8_clean(const char *s)
{
	return s ? utf8_copy(s, true, 0) : NULL;
}

char *utf8_marked(const char *s)
{
	char *clean = utf8_clean(s), *out, *to;
	ucs4_t code;
	int len;

	if (!clean)
		return NULL;
	to = out = mem_zalloc(4 * strlen(clean) + 1, 1);
	for (const char *at = clean; *at; at += len) {
		len = character_at(at, &code);
		if (!is_hidden(code))
			to = mempcpy(to, at, len);
		else
			for (int i = 0; i < len; i++)
				to += sprintf(to, "\\x%02x", (unsigned char)at[i]);
	}
	free(clean);
	return out;
}

char *utf8_printable(const char *s, char keep)
{
	return utf8_copy(s, false, keep);
}

int utf8_width(const char *s)
{
	return u8_strwidth((const uint8_t *)s, "UTF-8");
}

int utf8_fit(const char *s, int columns)
{
	int len, fit = 0;
	ucs4_t code;

	while ((len = u8_strmbtouc(&code, (const uint8_t *)s + fit)) > 0) {
		int width = uc_width(code, "UTF-8");

		columns -= width > 0 ? width : 0;
		if (columns < 0)
			break;
		fit += len;
	}
	return fit;
}

char *utf8_fold(const char *s, int columns)
{
	char *out = mem_strdup(s), *line = out, *blank = NULL, *at = out;

	while (*at) {
		char *end = at + strcspn(at, " "), was;

		while (!strncmp(end, " %", 2))
			end += 1 + strcspn(end + 1, " ");
		was = *end;
		*end = '\0';
		if (blank && utf8_width(line) > columns) {
			*blank = '\n';
			line = at;
		}
		*end = was;
		blank = end;
		at = was ? end + 1 : end;
	}
	return out;
}
