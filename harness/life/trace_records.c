/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/trace_records.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static size_t size_of(uint32_t kind)
{
	switch (kind) {
	case LIFE_STEP:
		return sizeof(struct life_step);
	case LIFE_WAKE:
		return sizeof(struct life_wake);
	case LIFE_COUNT:
	case LIFE_DUMP:
		return sizeof(struct life_text);
	default:
		return SIZE_MAX;
	}
}

void trace_add(struct trace *t, const void *rec, size_t len)
{
	const struct life_head *head = rec;

	if (len < sizeof(*head) || len < size_of(head->kind))
		return;
	t->record = mem_grow(t->record, t->nr, sizeof(*t->record));
	memcpy(&t->record[t->nr++], rec, size_of(head->kind));
}

void trace_free(struct trace *t)
{
	free(t->record);
	*t = (struct trace){ 0 };
}
