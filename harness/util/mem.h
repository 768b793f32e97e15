/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for small things. Out of memory ends the program: there is nothing sensible left to do, and the
 * holder of an attached policy detaches it when we are gone.
 */
#pragma once
#include <stddef.h>

/* nr zeroed elements; never NULL, freed with free(). */
void *mem_zalloc(size_t nr, size_t size);
void *mem_resize(void *p, size_t size);
/* Room for one more element behind nr others that were all added this way. */
void *mem_grow(void *array, size_t nr, size_t size);
/* NULL stays NULL. */
char *mem_strdup(const char *s);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
