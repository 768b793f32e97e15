/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/mem.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void *must_have(void *p)
{
	if (!p) {
		fputs("scxbench: out of memory\n", stderr);
		abort();
	}
	return p;
}

void *mem_zalloc(size_t nr, size_t size)
{
	/* calloc(0) may give NULL, which would look like a failure. */
	return must_have(calloc(nr ? nr : 1, size));
}

void *mem_resize(void *p, size_t size)
{
	return must_have(realloc(p, size));
}

void *mem_grow(void *array, size_t nr, size_t size)
{
	/* The capacity is the next power of two, so it is not stored. */
	if (nr & (nr - 1))
		return array;
	return must_have(reallocarray(array, nr ? 2 * nr : 1, size));
}

char *mem_strdup(const char *s)
{
	return s ? must_have(strdup(s)) : NULL;
}

char *mem_printf(const char *fmt, ...)
{
	char *s;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		s = NULL;
	va_end(ap);
	return must_have(s);
}

void *mem_shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return must_have(p == MAP_FAILED ? NULL : p);
}

void mem_unshare(void *p, size_t size)
{
	if (p)
		munmap(p, size);
}
