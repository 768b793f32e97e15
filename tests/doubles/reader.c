/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An object that is the end of its reader, as $DOUBLE_READER says: crash, hang, eat (all memory). */
#include <stdlib.h>
#include <string.h>

int __real_reader_parse(void *bytes);

int __wrap_reader_parse(void *bytes)
{
	const char *how = getenv("DOUBLE_READER");

	if (!how)
		return __real_reader_parse(bytes);
	if (!strcmp(how, "crash"))
		abort();
	if (!strcmp(how, "eat"))
		while (calloc(1, 1 << 20))
			;
	for (volatile unsigned i = 0; !strcmp(how, "hang"); i++)
		;
	return 12;
}
