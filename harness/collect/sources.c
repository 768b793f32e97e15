/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/sources.h"

#define X(name) &collect_##name,
const struct source_kind *const collect_sources[] = { COLLECT_SOURCES(X) NULL };
#undef X
