/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only file that is recompiled for another commit. The Makefile defines both words for it. */
#include "util/version.h"

#ifndef SCXBENCH_VERSION
#define SCXBENCH_VERSION "0"
#define SCXBENCH_COMMIT "unknown commit"
#endif

const char *version_text(void)
{
	return SCXBENCH_VERSION " (" SCXBENCH_COMMIT ")";
}
