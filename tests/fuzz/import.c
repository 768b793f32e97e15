/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of export from elsewhere. What is taken in can be loaded, compared and exported again. */
#include "fuzz.h"
#include "export/exports.h"
#include "report/report.h"
#include "store/store.h"
#include "util/fs.h"

#include <stdlib.h>

static void use_run(struct store *store, const char *id)
{
	struct store_run run;
	struct compare c;
	char *text;

	if (store_load(store, id, &run))
		return;
	fuzz_holds(!report_text(&run, 80, &text));
	free(text);
	compare_make(&run, &c);
	free(export_results(&c));
	free(export_samples(&c));
	free(export_metrics(&c));
	compare_free(&c);
	store_run_free(&run);
}

static void use_all(struct store *store)
{
	struct store_line *lines;
	size_t nr;

	if (store_list(store, NULL, &lines, &nr))
		return;
	for (size_t i = 0; i < nr; i++)
		use_run(store, lines[i].id);
	store_list_free(lines, nr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *results = fuzz_path("results");
	struct store *store;
	unsigned taken;

	fs_remove_tree(results);
	fuzz_holds(!store_open_in(results, STORE_CREATE, &store));
	if (!store_import(store, fuzz_file("export.db", data, size), &taken))
		use_all(store);
	store_close(store);
	return 0;
}
