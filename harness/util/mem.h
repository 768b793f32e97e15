/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for small things. When there is no memory left the program ends: it can do nothing sensible any
 * more, and the holder of an attached policy detaches it when we are gone.
 */
#pragma once
#include <stddef.h>

/* nr zeroed elements; never NULL, freed with free(). */
void *mem_zalloc(size_t nr, size_t size);
void *mem_resize(void *p, size_t size);
/* Room for one more element behind nr others, all of which were added this way. */
void *mem_grow(void *array, size_t nr, size_t size);
/* NULL stays NULL. */
char *mem_strdup(const char *s);
/* Zeroed memory that a process shares with what it forks later. NULL is fine for mem_unshare(). */
void *mem_shared(size_t size);
void mem_unshare(void *p, size_t size);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
