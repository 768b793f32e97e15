/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 16 maps and that of the ops. */
#define MANY
#include "arena.bpf.c"
