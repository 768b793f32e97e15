/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of several kernels side by side, for programs; results/README.md lists the keys. */
#pragma once
#include "judge/kernels.h"

/* measured: runs with times; counted: those of the exact lab; without: kernels that have no run, a sentence
 * each, NULL-terminated. The caller's to free. */
char *kernels_json(const struct kernels *measured, const struct kernels *counted, const char *const *without);
