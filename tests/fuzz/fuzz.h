/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz targets share. A target is a file here with LLVMFuzzerTestOneInput(); `make fuzz` finds it,
 * with its first inputs in corpus/NAME. It calls one door of the program with bytes that nobody trusts: a
 * crash, a leak, a hang, or a broken promise (fuzz_holds()) is a find.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program as a find where a promise does not hold. */
#define fuzz_holds(promise)                    \
	do {                                   \
		if (!(promise))                \
			fuzz_broken(#promise); \
	} while (0)
_Noreturn void fuzz_broken(const char *promise);

/* A path in a folder of this process, which is gone when it ends; valid until the fourth call after it. */
const char *fuzz_path(const char *name);
/* That file, with the bytes. */
const char *fuzz_file(const char *name, const uint8_t *data, size_t size);
/* The bytes as a text, without what follows a NUL; the caller's to free. */
char *fuzz_text(const uint8_t *data, size_t size);
/* Both files have the same bytes. */
bool fuzz_same(const char *a, const char *b);
