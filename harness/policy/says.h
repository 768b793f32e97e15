/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The line that a policy says of itself, SCXB_SAYS(): a tag of its BTF, "scxb:says:TEXT". For lists. Pure.
 */
#pragma once

struct btf;

/* As long as the BTF lives; NULL: it says nothing. */
const char *says_of_btf(const struct btf *btf);
