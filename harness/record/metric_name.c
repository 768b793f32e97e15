/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/metric_name.h"

#include <string.h>

const char *metric_rest(const char *name, const char *first)
{
	size_t len = strlen(first);

	return strncmp(name, first, len) ? NULL : name + len;
}
