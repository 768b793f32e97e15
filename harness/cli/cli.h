/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sub-commands: options in, module calls, result out. Only here does the program print results to
 * stdout, choose exit codes and call across modules.
 */
#pragma once
#include "util/cause.h"
#include "util/home.h"

/*
 * Loads a run (NULL: the latest comparison), writes its report below results, and what the store has of
 * custody and of all runs over time; prints the comparison and the page's path.
 */
struct store;
int cli_report(const char *home, const char *results, struct store *store, const char *id);
/* runs.html, the list of all runs. */
int cli_report_runs(const char *home, const char *results, struct store *store);

/* history.html of the primary metrics, once there are several nights of any. */
int cli_history_page(const char *home, const char *results, struct store *store);
