/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns a run in the store into pages and pictures. Reads the store's structs, templates and gnuplot
 * scripts from home/plots, writes out_dir/index.html (self-contained), out_dir/fig/NAME.svg and NAME.png
 * with NAME.dat and NAME.gp beside them, and out_dir/results.json. Never needs a new run.
 */
#pragma once
#include "judge/versus.h"
#include "store/store.h"

/* What is known of runs before it. */
struct report_before {
	const struct run *previous; /* on the same machine, to list what differs since; NULL: none */
	const struct versus_view
		*versus; /* side B is the run, side A one before; NULL: none to compare with */
};

/*
 * Logs the cause and returns a negative errno. Without gnuplot the page is still made, and says so. before:
 * NULL: nothing is known.
 */
int report_write(const char *home, const struct store_run *run, const struct report_before *before,
		 const char *out_dir);

/*
 * The comparison for a terminal of that many columns (0: any): policy x workload, ratio to fair. Into *text.
 */
int report_text(const struct store_run *run, unsigned width, char **text);

/*
 * Custody runs side by side, mostly the same objects on several kernels: out_dir/custody.html, and a table
 * for a terminal of that many columns (0: any).
 */
int report_custody_write(const char *home, const struct store_run *run, size_t nr, const char *out_dir);
char *report_custody_text(const struct store_run *run, size_t nr, unsigned width);
