/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside collect/ only: the parts of env_collect(), and what they are made of. */
#pragma once
#include "collect/env.h"

void env_add_unknown(struct run *run, const char *key, int err);
/* The first line of a file, of the machine that tests may set. */
void env_add_file(struct run *run, const char *key, const char *path);

/* Of all CPUs: governor, energy preference, limits, turbo. A run may set them (harness/host). */
void env_add_frequency(struct run *run);
/* Of all CPUs: which there are and may be used, their drivers, their idle states. */
void env_add_cpus(struct run *run);
