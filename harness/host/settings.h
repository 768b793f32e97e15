/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The changes on this machine that a wish needs. Reads, changes nothing. */
#pragma once
#include <stdbool.h>
#include "host/change.h"
#include "host/host.h"

/*
 * Warns of each setting that is wished and does not exist. -CAUSE_USAGE, logged, for a governor or
 * preference that is not offered.
 */
int settings_plan(const struct host_wish *wish, struct changes *out);
/* Is it the path of a setting that settings_plan() may change or keep? */
bool settings_have(const char *path);
