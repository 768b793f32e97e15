/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last line of a log, in which programs say what is wrong. */
#pragma once

#define LAST_LINE 128
/*
 * "" when there is none. The path may lie in a folder of another user. What the program wrote is for a
 * person's terminal: it has no control characters.
 */
void last_line(const char *path, char line[LAST_LINE]);
