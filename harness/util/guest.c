/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/guest.h"

#include <stdlib.h>

const char *guest_ahead(void)
{
	const char *accel = getenv("SCXBENCH_GUEST");

	return accel && *accel ? accel : NULL;
}
