/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a workload writes, line by line. What is taken from it can be a sample's file, and be read again. */
#include "fuzz.h"
#include "record/record.h"
#include "util/fs.h"
#include "util/mem.h"
#include "workload/workload.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = text;
	struct why why = { 0 };
	struct record r = { .seq = 1, .block = 1, .policy = "fair", .workload = "w" }, again;

	for (char *line; (line = strsep(&rest, "\n"));)
		if (workload_parse_line(line, &r.metrics, &why))
			break;
	fs_mkdirs(fuzz_path("out"));
	fuzz_holds(!record_write(&r, fuzz_path("out")));
	fuzz_holds(!record_read(fuzz_path("out/sample-0001.json"), &again));
	fuzz_holds(record_same(&r, &again));
	record_free(&again);
	metrics_free(&r.metrics);
	fs_remove_tree(fuzz_path("out"));
	free(text);
	return 0;
}
