/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages above those of the runs. A run's page is out_dir/<id>/index.html, for good. out_dir/runs.html
 * lists the store's runs and links those that have a page; out_dir/index.html leads to one of them.
 * custody.html and history.html are beside them, where they have something to show.
 */
#pragma once
#include "store/store.h"

/* What is known of a machine beside its fingerprint. */
struct index_machine {
	const char *host;
	char *hardware; /* "Xeon E5, 8 CPUs" */
};

struct index_runs {
	const struct store_line *line;
	size_t nr;
	const struct index_machine *machine;
	size_t nr_machines;
};

/* Both log the cause of an error and return a negative errno. */
int index_write_runs(const char *home, const struct index_runs *runs, const char *out_dir);
/* A redirection that works from a disk, too. The answer is there for readers that do not follow it. */
int index_write_latest(const char *home, const struct store_run *run, const char *out_dir);
