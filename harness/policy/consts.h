/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants of the kernel that an object leaves to its own program: the kernel's header for policies
 * (scx/common.bpf.h, of tools/sched_ext and of the scx project) declares each enumerator SCX_X that it uses
 * as "const volatile u64 __SCX_X", which is 0 in the object's file, and the program of the policy takes the
 * value from the running kernel's BTF before the load. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf;

struct constant {
	const char *name;    /* of the enumerator; lives as long as the object's BTF */
	size_t offset, size; /* in bytes, within .rodata */
	enum {
		CONSTANT_UNKNOWN, /* the kernel has no such enumerator */
		CONSTANT_CUT,	  /* its BTF has only the low 32 of 64 bits: it was made without ENUM64 */
		CONSTANT_KNOWN
	} state;
	uint64_t value; /* CONSTANT_KNOWN only */
};

/* "SCX_X" of the name of such a variable, else NULL. */
const char *constant_name(const char *variable);
/* Those of an object, with their values in a kernel. Returns how many; the caller frees *list. */
int constants_of(const struct btf *object, const struct btf *kernel, struct constant **list);
