/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records of a ring, in any order, whatever they hold: each as long as its first byte says. The critical path
 * through them has no gap, and its parts are all of it.
 */
#include "fuzz.h"
#include "life/trace_lives.h"
#include "life/trace_path.h"
#include "trace/trace_dot.h"
#include "trace/trace_path_names.h"
#include "trace/trace_path_print.h"
#include "trace/trace_wakers.h"

#include <stdlib.h>
#include <string.h>

static void take_records(struct trace *t, const uint8_t *data, size_t size)
{
	while (size) {
		size_t len = data[0] < size - 1 ? data[0] : size - 1;
		union trace_record record = { 0 };

		memcpy(&record, data + 1, len < sizeof(record) ? len : sizeof(record));
		trace_add(t, &record, len);
		data += 1 + len;
		size -= 1 + len;
	}
}

static void is_whole(const struct trace_path *p)
{
	uint64_t at = p->begin_ns, sum = 0;

	for (size_t i = 0; i < p->nr; i++) {
		fuzz_holds(p->part[i].from_ns == at && p->part[i].to_ns > at);
		at = p->part[i].to_ns;
	}
	for (unsigned i = 0; i < NR_PATH; i++)
		sum += p->ns[i];
	fuzz_holds(at == p->end_ns && sum == p->end_ns - p->begin_ns);
}

/* What the command prints and writes of it. */
static void show_trace(const struct trace *t, const struct trace_link *link, const struct trace_path *p)
{
	struct path_names names;
	struct trace_wakers wakers;
	struct buf b = { 0 };

	path_names_of(p, &names);
	path_names_free(&names);
	trace_wakers_of(t, link, &wakers);
	trace_wakers_dot(&b, &wakers, 10, "who wakes whom");
	trace_wakers_free(&wakers);
	trace_path_dot(&b, p, 10, "the path");
	json_decref(trace_path_json(p));
	free(buf_take(&b));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trace t = { .counts.lost = size % 2 };
	struct trace_link *link;
	struct trace_lives lives;
	struct trace_path p;

	take_records(&t, data, size);
	trace_lives_of(&t, &lives);
	link = trace_links_of(&t);
	trace_path_of(&t, link, NULL, &p);
	is_whole(&p);
	show_trace(&t, link, &p);
	trace_path_free(&p);
	trace_lives_free(&lives);
	free(link);
	trace_free(&t);
	return 0;
}
