/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A request while it is answered, and what each method makes of it. Inside of mcp/ only. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "mcp/mcp.h"

#define MCP_MODERN "2026-07-28"

enum {
	MCP_BAD_JSON = -32700,
	MCP_BAD_REQUEST = -32600,
	MCP_BAD_METHOD = -32601,
	MCP_BAD_PARAMS = -32602,
	MCP_FAILED = -32603,
	MCP_BAD_VERSION = -32022,
	MCP_LEGACY_ABSENT = -32002
};

struct mcp_request {
	struct mcp *m;
	const json_t *params; /* or NULL */
	bool modern;
	int code; /* of the error, with its message and data; 0: none */
	char *message;
	json_t *data;
};

/* Takes ownership of the message. Returns NULL, for a method to return. */
json_t *mcp_refuse(struct mcp_request *r, int code, char *message);
json_t *mcp_identity(const struct mcp *m); /* of this server */
json_t *mcp_versions(void);		   /* that are spoken */

/* Methods: the result, or NULL after mcp_refuse(). */
json_t *mcp_discover(struct mcp_request *r);
json_t *mcp_initialize(struct mcp_request *r);
json_t *mcp_ping(struct mcp_request *r);
json_t *mcp_list_resources(struct mcp_request *r);
json_t *mcp_list_templates(struct mcp_request *r);
json_t *mcp_read_resource(struct mcp_request *r);
json_t *mcp_list_tools(struct mcp_request *r);
json_t *mcp_call_tool(struct mcp_request *r);
