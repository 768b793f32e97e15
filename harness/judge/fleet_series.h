/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside judge/ only: what every stored run of every machine has to say of a policy, one value a run. */
#pragma once
#include "stats/fleet.h"
#include "store/store.h"

struct fleet_seen {
	const struct store_family *family;
	const char *policy, *run;
	int64_t started_ns;
	struct fleet_host host; /* x NAN: it lost too many samples, or a value has no ratio */
};

/* Calls each() for every run of every policy but fair; ends at its first negative errno. */
int fleet_series(struct store *s, const struct store_filter *filter,
		 int (*each)(void *ctx, const struct fleet_seen *seen), void *ctx);
