/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often policies are thrown out, for programs; results/README.md lists the keys. */
#pragma once
#include "judge/endurance.h"

char *endurance_json(const struct endurance *e); /* the caller's to free */
