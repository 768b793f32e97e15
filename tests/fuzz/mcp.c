/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line of an agent's program: the answer is one line of JSON, and no value becomes a word that we chose. */
#include "fuzz.h"
#include "mcp/mcp.h"
#include "util/mem.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void ask(void *ctx, const char *const *words, struct mcp_found *found)
{
	bool closed = false;

	(void)ctx;
	for (int i = 1; words[i]; i++) {
		closed |= !strcmp(words[i], "--");
		/* What looks like an option is one of the table's, or behind the end of them. */
		fuzz_holds(closed || !strncmp(words[i], "--", 2));
		fuzz_holds(!strchr(words[i], '\n'));
	}
	found->text =
		mem_strdup("{\"runs\":[{\"id\":\"a\",\"plan\":\"custody\"},{\"id\":7}],\"answer\":\"b\"}");
	found->len = strlen(found->text);
}

static void figure(void *ctx, const char *run, const char *name, struct mcp_found *found)
{
	(void)ctx;
	fuzz_holds(run && *run && (!name || *name));
	found->binary = name;
	found->text = mem_strdup("<svg/>");
	found->len = strlen(found->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mcp m = { .ask = ask, .figure = figure, .version = "1", .legacy = size & 1 };
	char *text = mcp_respond(&m, (const char *)data, size);
	json_t *back = text ? json_loads(text, 0, NULL) : NULL;

	fuzz_holds(!text || (json_is_object(back) && !strchr(text, '\n')));
	json_decref(back);
	free(text);
	return 0;
}
