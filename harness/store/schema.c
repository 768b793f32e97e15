/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/schema.h"

#include <stdlib.h>
#include "util/mem.h"

/* The files as they stand, NUL-terminated. */
#define SCHEMA_FILE(n)                                                     \
	extern const char schema_##n[];                                    \
	__asm__(".pushsection .rodata\n"                                   \
		"schema_" #n ": .incbin \"harness/store/schema-" #n ".sql\"\n" \
		".byte 0\n"                                                \
		".popsection\n")
SCHEMA_FILE(1);
SCHEMA_FILE(2);

static const char *const files[SCHEMA_VERSION] = { schema_1, schema_2 };

static int step(struct store *s, int version)
{
	char *mark = mem_printf("PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_APPLICATION_ID,
				version + 1);
	int err = db_begin(s);

	if (!err) {
		err = db_exec(s, files[version]);
		if (!err)
			err = db_exec(s, mark);
		err = db_end(s, err);
	}
	free(mark);
	return err;
}

int schema_migrate(struct store *s, int version)
{
	int err = 0;

	for (; version < SCHEMA_VERSION && !err; version++)
		err = step(s, version);
	return err;
}
