/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/why.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int why_set(struct why *why, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	return err;
}

void why_add(struct why *why, const char *fmt, ...)
{
	size_t len = strlen(why->text);
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text + len, sizeof(why->text) - len, fmt, args);
	va_end(args);
}
