/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fleet's answer for programs; results/README.md lists the keys. */
#pragma once
#include "judge/fleet.h"
#include "judge/fleet_gate.h"
#include "judge/fleet_nights.h"

/* The caller's to free. */
char *fleet_json(const struct fleet_view *f);
char *fleet_gate_json(const struct fleet_gate *g);
char *fleet_nights_json(const struct fleet_nights *n);
