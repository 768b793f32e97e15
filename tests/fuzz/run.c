/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run's file. What is read can be written, and is the same then. */
#include "fuzz.h"
#include "record/record.h"
#include "util/fs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run, again;

	fs_mkdirs(fuzz_path("out"));
	fuzz_file("run.json", data, size);
	if (run_read(fuzz_path("."), &run))
		return 0;
	fuzz_holds(!run_write(&run, fuzz_path("out")));
	fuzz_holds(!run_read(fuzz_path("out"), &again));
	fuzz_holds(run_same(&run, &again));
	run_free(&again);
	run_free(&run);
	return 0;
}
