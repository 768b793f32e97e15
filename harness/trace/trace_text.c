/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_text.h"

#include <string.h>
#include "life/life_graph.h"
#include "record/json.h"
#include "text/buf.h"
#include "util/utf8.h"

char *trace_comm(const char comm[LIFE_COMM])
{
	char whole[LIFE_COMM + 1] = { 0 };

	memcpy(whole, comm, LIFE_COMM);
	return utf8_printable(whole, 0);
}

json_t *trace_comm_json(const char comm[LIFE_COMM])
{
	char whole[LIFE_COMM + 1] = { 0 };

	memcpy(whole, comm, LIFE_COMM);
	return json_from_text(whole);
}

char *trace_number(double value)
{
	struct buf b = { 0 };

	buf_number(&b, value);
	return buf_take(&b);
}

char *trace_duration(double ns)
{
	struct buf b = { 0 };

	life_time(&b, ns);
	return buf_take(&b);
}
