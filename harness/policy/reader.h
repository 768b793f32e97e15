/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: the bytes of an object, from anywhere. libbpf trusts much of what it parses, so a
 * process without rights does that first, with all that we ask of an object later. We parse only what it
 * survived.
 */
#pragma once
#include <bpf/libbpf.h>
#include "policy/policy.h"

/*
 * Reads the object's file once, and opens that. -CAUSE_USAGE, logged, when it is not an object, too large, or
 * was the end of its reader.
 */
int reader_open(const struct policy_spec *spec, struct bpf_object **obj);

struct bytes {
	const struct policy_spec *spec;
	char *data;
	size_t len;
};
/* Opens them under the file's name, as libbpf does with files: its maps begin with that. NULL with errno. */
struct bpf_object *reader_object(const struct bytes *b);
/* object.c: in the process without rights. 0, or the errno with which libbpf refuses the struct bytes. */
int reader_parse(void *bytes);
