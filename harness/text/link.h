/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files as links that a terminal opens (OSC 8). */
#pragma once

/*
 * Prints the path and a newline on stdout: as a link where that takes escapes, see text/paint.h. What a
 * terminal does not know of an OSC 8 link it leaves out.
 */
void link_print(const char *path);
