/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scxb_hist_slot() as a table, for the times that are common: entry v / 64 is the slot of every v from
 * SCXB_SLOTS_FROM to below SCXB_SLOTS_TO. Below, 64 values share no slot; beyond, the table would be long.
 * Each power of two has 8 slots, so a value that is 2^SCXB_SLOTS_LONGER times as much is SCXB_SLOTS_FARTHER
 * slots further on: together from 0.5 us to 33 ms.
 */
#ifndef SCXB_SLOTS_H
#define SCXB_SLOTS_H

#define SCXB_SLOTS_FROM (1 << 9)
#define SCXB_SLOTS_TO (1 << 17)
#define SCXB_SLOTS_LONGER 8
#define SCXB_SLOTS_FARTHER (8 * SCXB_SLOTS_LONGER)

#define SCXB_1(n) n
#define SCXB_2(n) n, n
#define SCXB_4(n) SCXB_2(n), SCXB_2(n)
#define SCXB_8(n) SCXB_4(n), SCXB_4(n)
#define SCXB_16(n) SCXB_8(n), SCXB_8(n)
#define SCXB_32(n) SCXB_16(n), SCXB_16(n)
#define SCXB_64(n) SCXB_32(n), SCXB_32(n)
#define SCXB_128(n) SCXB_64(n), SCXB_64(n)
/* A power of two: its 8 slots, the first of which is n. */
#define SCXB_POWER(times, n)                                                                          \
	times(n), times(n + 1), times(n + 2), times(n + 3), times(n + 4), times(n + 5), times(n + 6), \
		times(n + 7)

static const unsigned char scxb_slots[SCXB_SLOTS_TO / 64] = {
	SCXB_8(0), /* not used */
	SCXB_POWER(SCXB_1, 56),
	SCXB_POWER(SCXB_2, 64),
	SCXB_POWER(SCXB_4, 72),
	SCXB_POWER(SCXB_8, 80),
	SCXB_POWER(SCXB_16, 88),
	SCXB_POWER(SCXB_32, 96),
	SCXB_POWER(SCXB_64, 104),
	SCXB_POWER(SCXB_128, 112),
};

#endif
