/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be read: the one table behind resources, templates and tools. Inside of mcp/ only. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "mcp/mcp.h"

#define MCP_MAX_VALUES 6

struct mcp_kind {
	const char *name, *title, *about;
	const char *uri; /* "scxbench://runs/{run}/results": a part in braces is a value */
	const char *mime;
	/*
	 * Words of a command, "{run}" for a value, "{?policy}" for a tool's option, --policy=VALUE, if it is
	 * given. NULL: the figures of a run.
	 */
	const char *words[8];
	const char *member; /* of that JSON object, which is read alone; NULL: all of it */
};
extern const struct mcp_kind mcp_kinds[]; /* the last has no name */

const struct mcp_kind *mcp_kind_named(const char *name); /* or NULL */

/* Values by name, the caller's to free. */
struct mcp_values {
	const char *name[MCP_MAX_VALUES]; /* up to a NULL or the end */
	char *value[MCP_MAX_VALUES];
};
void mcp_values_free(struct mcp_values *v);
/* NULL: no kind has that address. */
const struct mcp_kind *mcp_kind_at(const char *uri, struct mcp_values *v);
/* A tool's arguments. false: why says what is wrong, the caller's to free. */
bool mcp_values_of(const struct mcp_kind *kind, const json_t *arguments, struct mcp_values *v, char **why);
/* Reads it. */
void mcp_read(const struct mcp *m, const struct mcp_kind *kind, const struct mcp_values *v,
	      struct mcp_found *found);
void mcp_found_free(struct mcp_found *found);

/* For lists: whether it has no values; and its tool's schema of arguments. */
bool mcp_kind_is_fixed(const struct mcp_kind *kind);
json_t *mcp_kind_schema(const struct mcp_kind *kind);
