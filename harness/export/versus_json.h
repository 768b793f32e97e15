/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides compared, for programs; results/README.md lists the keys. */
#pragma once
#include <jansson.h>
#include "judge/versus.h"

/* The caller's to free. The CSV has a head. */
char *versus_json(const struct versus_view *view);
char *versus_csv(const struct versus *v);

json_t *json_from_differences(const struct differences *d);
json_t *json_from_row(const struct versus_row *row);
