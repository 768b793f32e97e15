/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a policy says of itself by tags of its BTF: a line for lists, SCXB_SAYS(), is "scxb:says:TEXT", and
 * SCXB_BY_NAME is "scxb:by-name". Pure.
 */
#pragma once
#include <stdbool.h>

struct btf;

/* As long as the BTF lives; NULL: it says nothing. */
const char *says_of_btf(const struct btf *btf);
bool by_name_of_btf(const struct btf *btf);
