/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two things that a holder can hold. The context of both is the struct policy. */
#pragma once
#include "policy/loaded.h"

extern const struct held held_link;    /* the bpf_link of a BPF object */
extern const struct held held_command; /* a command that loads its own policy */

/* What holder_end() returns: the command had ended by itself, and its policy was still enabled. */
#define HELD_LEFT_IN 1
