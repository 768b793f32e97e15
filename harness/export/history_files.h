/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A history for programs; results/README.md lists the keys and columns. All texts are the caller's to free.
 */
#pragma once
#include "judge/history.h"

char *history_json(const struct history *h);
char *history_csv(const struct history *h);
/*
 * For Apache Otava's CSV importer: one row per run, one column per series. Otava takes no empty cell, so a
 * run that lacks a value of any series is left out; *left_out counts these runs.
 */
char *history_otava(const struct history *h, size_t *left_out);
/* For node_exporter's textfile collector, and valid OpenMetrics: the latest night of every series. */
char *history_openmetrics(const struct history *h);
