/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A gate's judgement for a program and for a CI server; the caller's to free. */
#pragma once
#include "judge/regress.h"

char *regress_json(const struct regress *r, const struct regress_names *names);
char *regress_junit(const struct regress *r, const struct regress_names *names);
