/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: programs of an object that are no ops, such as one at a tracepoint. */
#pragma once
#include "policy/loaded.h"

/*
 * Attaches those that say where they belong, as SCX_OPS_ATTACH() does before it attaches the ops. Their links
 * are this process's. 0 or a negative errno, logged.
 */
int others_attach(struct policy *p);
void others_detach(struct policy *p);
