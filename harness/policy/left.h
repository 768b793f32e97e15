/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scheduler that stays in the kernel although what loaded it has ended, found by the name of its ops. */
#pragma once
#include <stdbool.h>

/* The file of a bpffs that keeps it: its link, or its map. The caller's to free; NULL: none. */
char *left_pin(const char *ops);
/* Takes out one that was registered without a link, which no process holds. False when there is none. */
bool left_unregister(const char *ops);
