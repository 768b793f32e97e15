/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "text/buf.h"

/*
 * name="value", escaped as the text format of Prometheus and OpenMetrics requires. Control characters and
 * what is not UTF-8 are written as \xNN, with the backslash escaped like any other.
 */
void prom_label(struct buf *b, const char *name, const char *value);
