/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recorded switches of a window as stints: who had which CPU from when to when, and who woke whom. Pure.
 */
#pragma once
#include <linux/types.h>
#include "collect/switches_abi.h"
#include "record/switches.h"
#include "topology/topology.h"

struct stints_of {
	struct switches_at *at; /* of the window; they are put into the order of time */
	size_t nr;
	struct switches_wake *wake; /* the same for the wakeups */
	size_t wakes;
	const struct switches_at *before; /* SWITCHES_BEFORE of each CPU; ns 0: none */
	unsigned cpus;
	__u64 from_ns, to_ns; /* the window, as far as all switches and wakeups had room */
	const struct topology *topology;
};

/* Fills in all but after_ns. lost: switches after to_ns. */
void stints_make(const struct stints_of *of, struct switches *s);
