/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this machine lacks to load and attach sched_ext policies. Reads, loads nothing. */
#pragma once
#include "util/findings.h"

/*
 * Kernel, rights, the machine's settings: only what is wrong is added, each with its cure. Cheap enough for
 * every load.
 */
void policy_needs(struct findings *f);
/* The same for a policy below another. */
void policy_needs_below(struct findings *f);
/* The same for an audit of custody from outside a policy. */
void policy_needs_audit(struct findings *f);
/* Faults of this kernel's own, which it loads policies in spite of, or because of which it loads none. */
void policy_errata(struct findings *f);
