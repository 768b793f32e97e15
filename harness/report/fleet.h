/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fleet's answer, judge/fleet.h, for a terminal and as out_dir/fleet.html. */
#pragma once
#include "judge/fleet.h"
#include "judge/fleet_custody.h"
#include "judge/fleet_gate.h"
#include "judge/fleet_nights.h"

/* For a terminal of that many columns (0: any); the caller's to free. */
char *fleet_text(const struct fleet_view *f, unsigned width);
char *fleet_gate_text(const struct fleet_gate *gate, unsigned width);
char *fleet_nights_text(const struct fleet_nights *n, unsigned width);

struct fleet_page {
	const struct fleet_view *view;
	const struct fleet_custody *custody;
	size_t nr_custody;
	const struct fleet_nights *nights; /* or NULL */
};
/* Logs the cause and returns a negative errno. */
int fleet_page(const char *home, const struct fleet_page *p, const char *out_dir);
