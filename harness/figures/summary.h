/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole run in a picture that travels alone: a row for each workload and policy, what was compared, the
 * weightiest sentence, where it is from, and how it is read. It can be read at half its size, 640 pixels.
 */
#pragma once
#include "figures/figure.h"
#include "judge/summary.h"

/*
 * As figures_make(), of this one picture. It is the only figure of f, and f->missing says why it is not
 * drawn.
 */
int figure_summary(const char *home, const struct summary *s, const char *dir, struct figures *f);
