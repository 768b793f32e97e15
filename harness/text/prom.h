/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "text/buf.h"

/*
 * name="value", escaped as the text format of Prometheus and OpenMetrics wants it. Control characters and
 * what is no UTF-8 are written as \xNN, with its backslash escaped like any other.
 */
void prom_label(struct buf *b, const char *name, const char *value);
