/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside control/ only: the maps of the policy that is steered, opened by control_open(). */
#pragma once
#include <linux/types.h>
#include "control/control.h"
#include "policy/find.h"

struct control {
	struct found found;
	int rule[NR_RULE_KINDS];
	struct scxb_control *shared;
	struct scxb_bucket *bucket;
	unsigned buckets; /* how many, the first of which is not used */
	int lock, log;
	long cpus;
};
