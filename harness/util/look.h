/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SIGUSR1 asks a command that takes long to show what it has so far. It is held back instead of handled: no
 * wait and no window that is measured ends earlier for it. Programs that are started have to let it through
 * again.
 */
#pragma once
#include <stdbool.h>

void look_hold(void); /* from now on, for good */
/* Was it asked since the last call? However often, it is one look. */
bool look_wanted(void);
