/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "figures/figure.h"

/* On a page: every picture inside it, with how to read it. */
void figures_html(struct buf *b, const struct figures *f);
