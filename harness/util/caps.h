/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The capabilities that scxbench works with, each with its purpose: the one list of them. Given these and no
 * other it measures; a workload may ask for any of them.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct cap {
	int number;	/* as the kernel numbers them */
	bool for_files; /* also of commands that only read and write results, and draw */
	const char *name, *purpose;
};
extern const struct cap caps[]; /* ends with a NULL name */

#define CAP_BIT(number) (1ULL << (number))
/* Of the list, by its name "CAP_...": a bit, or 0. */
uint64_t caps_named(const char *name);
uint64_t caps_all(void);
uint64_t caps_for_files(void);

/* All that follow: 0 or a negative errno, not logged. They are about the calling thread. */
/* No other can be had again, whatever is executed. Needs CAP_SETPCAP if there is any to drop. */
int caps_bound(uint64_t keep);
/* Has exactly these, of those that it has, and keeps them over exec, also as a user that is not root. */
int caps_hold(uint64_t held);
/*
 * For root: has these at most, and so has what it executes. Where CAP_SETPCAP is missing, root again gets
 * with the next program what the caller let us have.
 */
int caps_only(uint64_t held);
