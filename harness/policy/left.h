/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scheduler that stays in the kernel although what loaded it has ended, found by the name of its ops. */
#pragma once
#include <stdbool.h>

/* The file of a bpffs that keeps it: its link, or its map. The caller's to free; NULL: none. */
char *left_pin(const char *ops);
/* Whatever was pinned since then (CLOCK_BOOTTIME): the first file. The caller's to free; NULL: none. */
char *left_pinned_since(double since_s);
/*
 * Takes it out, however it is kept: registered without a link, by a link that is pinned, by one that a
 * process of another program holds, which lives on without it. Pins go with it if they are younger than
 * since_s (CLOCK_BOOTTIME). What kept it, in words, the caller's to free; NULL: nothing of these did, or it
 * can't be taken out.
 */
char *left_take_out(const char *ops, double since_s);
