/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Man pages, made from the commands. */
#pragma once

/* scxbench.1 and scxbench-COMMAND.1 for each, into a directory that is made where it is missing. 0 or a
 * cause, logged. */
int man_write(const char *dir);
