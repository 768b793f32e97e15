/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a wish to the changes that it takes on this machine. Reads, changes nothing. */
#pragma once
#include "host/change.h"
#include "host/host.h"

/* Warns of each setting that is wished and not there. -EINVAL, logged, for a governor that is not offered. */
int settings_plan(const struct host_wish *wish, struct changes *out);
