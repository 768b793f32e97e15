/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of runs by their kernels, where several stand side by side. Pure. */
#pragma once
#include "store/store.h"

/*
 * "7.3.4", of the kernel's release; the whole of one that begins with no number; the whole and the run's
 * number where a shorter name is taken. All different, NULL-terminated; the caller's, freed by
 * kernel_labels_free().
 */
char **kernel_labels(const struct store_run *run, size_t nr);
void kernel_labels_free(char **label);
