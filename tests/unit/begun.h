/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that has begun, in files, and an empty store to take it in. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include "full_record.h"
#include "store/store.h"
#include "scratch.h"
#include "util/fs.h"

/* A run as it is before its first sample, in its directory under results/runs. */
static inline const char *write_run(const char *id, int64_t started_ns)
{
	static char path[256];
	struct run run = full_run();

	run.id = (char *)id;
	run.started_ns = started_ns;
	run.tags = run.ended = run.gate = NULL;
	snprintf(path, sizeof(path), "%s/%s", scratch, id);
	assert_int_equal(fs_mkdirs(path), 0);
	assert_int_equal(run_write(&run, path), 0);
	return path;
}

static inline struct store *open_store(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	return s;
}
