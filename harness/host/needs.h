/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that stands in the way of a run on this machine, or makes its samples worse than they look: found in
 * one look, by the same functions for 'doctor' and for the commands that take runs. Changes nothing.
 */
#pragma once
#include "util/findings.h"

/* Only what is wrong is added. */
void host_needs(struct findings *f);
