/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * "0.9 (3f72a04c1b2d)": the version and the commit that the program was built from, with "-dirty" when the
 * tree was changed. Without git the commit comes from the archive of the sources, or is "unknown commit".
 */
const char *version_text(void);
