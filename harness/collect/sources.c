/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/sources.h"

#include <bpf/libbpf.h>
#include "life/life_watch.h"
#include "life/outside_watch.h"

#define X(name) &collect_##name,
const struct source_kind *const collect_sources[] = { COLLECT_SOURCES(X) NULL };
#undef X

void collect_kept_free(struct collect_kept *k)
{
	life_watch_free(k->life);
	outside_free(k->outside);
	bpf_object__close(k->audit);
	bpf_object__close(k->migrate);
	bpf_object__close(k->switches);
	*k = (struct collect_kept){ 0 };
}
