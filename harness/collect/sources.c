/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/sources.h"

/* The harness last, when what the others started is there to be watched. */
const struct source_kind *const collect_sources[] = { &collect_bpf,	 &collect_events,  &collect_schedstat,
						      &collect_pressure, &collect_perf,	   &collect_audit,
						      &collect_life,	 &collect_harness, NULL };
