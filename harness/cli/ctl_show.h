/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside cli/ only: 'scxbench ctl show'. */
#pragma once
#include <stdbool.h>
#include "control/control.h"

/* Prints all rules and hints, or what is in force for the target: a thread, or the first of a process. */
int show_control(struct control *c, const char *target, bool json);
