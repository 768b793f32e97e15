/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Knobs: const volatile globals of a policy that can be set before it is loaded. They are found in its BTF.
 * Pure.
 *
 * A policy of this repo tags them with btf_decl_tag("scxb:knob:MIN:MAX:help"). An object without any tag
 * offers all its const volatile integers, in the range of their type. Names that start with scxb_ belong to
 * the loader and are never knobs; nor are those that the kernel's own headers for policies declare and set
 * (consts.h, dump.h).
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct btf;

enum knob_type { KNOB_BOOL, KNOB_UNSIGNED, KNOB_SIGNED };

/* Values are kept as 64 bits; those of a signed knob are read as int64_t. */
struct knob {
	char *name, *help;
	enum knob_type type;
	size_t size, offset; /* in bytes, within .rodata */
	uint64_t min, max;
};

/*
 * The number of knobs, in the order of .rodata, or -EINVAL for a malformed tag (logged). Freed by
 * knobs_free().
 */
int knobs_of_btf(const struct btf *btf, struct knob **knobs);
void knobs_free(struct knob *knobs, int nr);

/* 0; -EINVAL when it is not a value of the type, -ERANGE when it is out of range. Logs nothing. */
int knob_parse(const struct knob *knob, const char *text, uint64_t *value);
/* "u32 from 1 to 1000", into buf. */
const char *knob_range(const struct knob *knob, char *buf, size_t len);

/* Offset and size of a global in .rodata, whatever its type; -ENOENT. */
int rodata_find(const struct btf *btf, const char *name, size_t *offset, size_t *size);
