/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is stored, for agents: a server of the Model Context Protocol on stdin and stdout. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/mcp_ask.h"
#include "mcp/mcp.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/version.h"

static const struct argp_option rows[] = { { 0 } };

/* What came of a line so far. */
struct input {
	struct buf line;
	bool too_long; /* it is skipped up to its end */
};

static void respond(struct mcp *m, struct input *in)
{
	char *text = in->too_long   ? mcp_too_long()
		     : in->line.len ? mcp_respond(m, in->line.text, in->line.len)
				    : NULL;

	if (text)
		puts(text);
	fflush(stdout);
	free(text);
	in->line.len = 0;
	in->too_long = false;
}

static void take_bytes(struct mcp *m, struct input *in, const char *bytes, size_t len)
{
	while (len) {
		const char *end = memchr(bytes, '\n', len);
		size_t part = end ? (size_t)(end - bytes) : len;

		in->too_long |= in->line.len + part > MCP_MAX_LINE;
		if (!in->too_long)
			buf_bytes(&in->line, bytes, part);
		if (!end)
			return;
		respond(m, in);
		bytes += part + 1;
		len -= part + 1;
	}
}

static int serve_stdin(struct mcp *m)
{
	struct input in = { 0 };
	char bytes[65536];
	ssize_t n;

	while (!ferror(stdout) &&
	       ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			take_bytes(m, &in, bytes, (size_t)n);
	if (in.line.len || in.too_long)
		respond(m, &in);
	free(in.line.text);
	return EXIT_CODE_OK;
}

static int call_mcp(struct call *call)
{
	struct mcp_ask ask = { 0 };
	struct mcp m = {
		.ask = mcp_ask_command, .figure = mcp_ask_figure, .ctx = &ask, .version = version_text()
	};

	return options_parse(call, &ask.results) ? serve_stdin(&m) : call->code;
}

const struct command cmd_mcp = {
	.name = "mcp",
	.summary = "let agents read what is stored (Model Context Protocol)",
	.argp = { .options = rows,
		  .parser = options_pass_on,
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 }, { 0 } },
		  .doc = "A server of the Model Context Protocol on stdin and stdout, for an agent's program to start: "
			 "runs, the answer, comparison, custody and figures of each, two runs compared, the gate, and the "
			 "history, as resources and as tools. The numbers are those of --json of the commands.\n\n"
			 "It only reads. It changes no run, no page and no machine, and needs no right to write. It ends "
			 "when its stdin does." },
	.exits = "0 ok\n2 usage\n",
	.examples = "scxbench mcp\nscxbench mcp --results /srv/scxbench\n",
	.run = call_mcp,
};
