/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A server of the Model Context Protocol: what is stored, for agents, to read and never to change. Its
 * transport is a line for each message (stdio). A request of revision 2026-07-28 names that version itself;
 * one without is of the earlier revisions, which begin with "initialize". Both are answered.
 *
 * Each thing that can be read is a resource and a tool at the same time, with the text of a command of ours
 * or a picture of a page. Pure, but for the asking.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define MCP_MAX_LINE ((size_t)1 << 20)	/* of a message from outside */
#define MCP_MAX_TEXT ((size_t)16 << 20) /* of an answer */

/* What was found. */
struct mcp_found {
	char *text; /* NULL: nothing */
	size_t len;
	bool binary;
	char *why;	/* where there is nothing: a line */
	bool is_absent; /* then: there is no such thing, as opposed to a failure */
};

struct mcp {
	/* The output of our program with these words; NULL-terminated. */
	void (*ask)(void *ctx, const char *const *words, struct mcp_found *found);
	/* The list of a run's figures, as JSON; or with a name, the figure. */
	void (*figure)(void *ctx, const char *run, const char *name, struct mcp_found *found);
	void *ctx;
	const char *version; /* of this program */
	bool legacy;	     /* the client has begun with "initialize"; at first false */
};

/* The response to a line, which has no newline; NULL: none is due. The caller's to free. */
char *mcp_respond(struct mcp *m, const char *line, size_t len);
/* The response to a line that is longer than MCP_MAX_LINE. */
char *mcp_too_long(void);
