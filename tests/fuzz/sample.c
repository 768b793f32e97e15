/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample's file. What is read can be written, and is the same then. */
#include "fuzz.h"
#include "record/record.h"
#include "util/fs.h"
#include "util/mem.h"

#include <stdlib.h>

static void write_and_read(const struct record *r)
{
	char *name = mem_printf("out/sample-%04u.json", r->seq);
	struct record again;

	fuzz_holds(!fs_mkdirs(fuzz_path("out")));
	fuzz_holds(!record_write(r, fuzz_path("out")));
	fuzz_holds(!record_read(fuzz_path(name), &again));
	fuzz_holds(record_same(r, &again));
	fuzz_holds(!record_check(&again, "again"));
	record_free(&again);
	fs_remove_tree(fuzz_path("out"));
	free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct record r;

	if (record_read(fuzz_file("sample.json", data, size), &r))
		return 0;
	write_and_read(&r);
	record_free(&r);
	return 0;
}
