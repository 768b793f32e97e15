/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"
#include "util/utf8.h"

/*
 * Length of the sequence at s, 0 if it is none: overlong forms, surrogates, beyond U+10FFFF included, and
 * what ends each plane (U+FFFE, U+FFFF, ...), which stands for no character and is forbidden in XML.
 */
static int sequence(const unsigned char *s)
{
	static const uint32_t lowest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int len = s[0] < 0x80 ? 1 : s[0] >> 5 == 6 ? 2 : s[0] >> 4 == 14 ? 3 : s[0] >> 3 == 30 ? 4 : 0;
	uint32_t code = len > 1 ? s[0] & (0x7f >> len) : s[0];

	/* The final NUL is no continuation byte, so this never runs past the end. */
	for (int i = 1; i < len; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		code = code << 6 | (s[i] & 0x3f);
	}
	if (len && (code < lowest[len] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ||
		    (code & 0xfffe) == 0xfffe))
		return 0;
	return len;
}

char *utf8_clean(const char *s)
{
	char *out, *to;

	if (!s)
		return NULL;
	to = out = mem_zalloc(4 * strlen(s) + 1, 1);
	while (*s) {
		int len = sequence((const unsigned char *)s);

		if (len)
			to = mempcpy(to, s, len);
		else
			to += sprintf(to, "\\x%02x", (unsigned char)*s);
		s += len ? len : 1;
	}
	return out;
}
