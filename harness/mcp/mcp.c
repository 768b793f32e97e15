/* SPDX-License-Identifier: GPL-2.0-or-later */
/* https://modelcontextprotocol.io/specification: revision 2026-07-28, and those that begin with "initialize".
 */
#include "mcp/mcp.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "mcp/mcp_request.h"
#include "record/json.h"
#include "util/mem.h"

#define META "io.modelcontextprotocol/"

/* Of which revisions a method is. */
enum era { MODERN_ONLY = 1, LEGACY_ONLY, BOTH };
static const struct method {
	const char *name;
	enum era era;
	json_t *(*call)(struct mcp_request *r);
} methods[] = {
	{ "server/discover", MODERN_ONLY, mcp_discover },
	{ "initialize", LEGACY_ONLY, mcp_initialize },
	{ "ping", LEGACY_ONLY, mcp_ping },
	{ "resources/list", BOTH, mcp_list_resources },
	{ "resources/templates/list", BOTH, mcp_list_templates },
	{ "resources/read", BOTH, mcp_read_resource },
	{ "tools/list", BOTH, mcp_list_tools },
	{ "tools/call", BOTH, mcp_call_tool },
};

/* What a request of the newer revisions must say of itself. */
static json_t *check_meta(struct mcp_request *r, const json_t *version, const json_t *meta)
{
	if (!json_is_string(version))
		return mcp_refuse(r, MCP_BAD_PARAMS, mem_strdup("'" META "protocolVersion' is not a text"));
	if (strcmp(json_string_value(version), MCP_MODERN)) {
		r->data = json_pack("{s:o,s:O}", "supported", mcp_versions(), "requested", version);
		return mcp_refuse(r, MCP_BAD_VERSION, mem_strdup("Unsupported protocol version"));
	}
	if (!json_is_object(json_object_get(meta, META "clientCapabilities")))
		return mcp_refuse(r, MCP_BAD_PARAMS, mem_strdup("'" META "clientCapabilities' is missing"));
	return NULL;
}

static json_t *call_method(struct mcp_request *r, const char *name)
{
	const json_t *meta = json_object_get(r->params, "_meta");
	const json_t *version = json_object_get(meta, META "protocolVersion");
	const struct method *method = NULL;

	r->modern = version;
	if (version)
		check_meta(r, version, meta);
	if (r->code)
		return NULL;
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (!strcmp(methods[i].name, name))
			method = &methods[i];
	if (!method || (r->modern && method->era == LEGACY_ONLY))
		return mcp_refuse(r, MCP_BAD_METHOD, mem_strdup("there is no such method"));
	if (!r->modern && method->era != LEGACY_ONLY && !r->m->legacy)
		return mcp_refuse(r, MCP_BAD_PARAMS,
				  mem_strdup("'" META "protocolVersion' is missing (" MCP_MODERN
					     "), or an 'initialize' before"));
	return method->call(r);
}

static char *response(json_t *id, const char *key, json_t *value)
{
	json_t *o = json_pack("{s:s,s:O,s:o}", "jsonrpc", "2.0", "id", id, key, value);
	char *text = json_dumps(o, JSON_COMPACT);

	json_decref(o);
	return text;
}

static char *error(json_t *id, int code, const char *message, json_t *data)
{
	json_t *e = json_pack("{s:i,s:o}", "code", code, "message", json_from_text(message));
	json_t *any = id ? json_incref(id) : json_null();
	char *text;

	if (data)
		json_object_set_new(e, "data", data);
	text = response(any, "error", e);
	json_decref(any);
	return text;
}

static json_t *complete(const struct mcp_request *r, json_t *result)
{
	if (r->modern) {
		json_object_set_new(result, "resultType", json_string("complete"));
		json_object_set_new(result, "_meta",
				    json_pack("{s:o}", META "serverInfo", mcp_identity(r->m)));
	}
	return result;
}

static char *answer(struct mcp *m, const json_t *message, json_t *id)
{
	struct mcp_request r = { .m = m, .params = json_object_get(message, "params") };
	const char *name = json_string_value(json_object_get(message, "method"));
	json_t *result = NULL;
	char *text;

	if (r.params && !json_is_object(r.params))
		mcp_refuse(&r, MCP_BAD_PARAMS, mem_strdup("'params' is not an object"));
	else
		result = call_method(&r, name);
	text = result ? response(id, "result", complete(&r, result)) : error(id, r.code, r.message, r.data);
	free(r.message);
	return text;
}

static char *respond_to(struct mcp *m, const json_t *message)
{
	json_t *id = json_object_get(message, "id");
	const char *version = json_string_value(json_object_get(message, "jsonrpc"));
	bool named = json_is_string(json_object_get(message, "method"));

	/* We ask nothing, so an answer to us is no one's. */
	if (json_is_object(message) && !named &&
	    (json_object_get(message, "result") || json_object_get(message, "error")))
		return NULL;
	if (!json_is_object(message) || !version || strcmp(version, "2.0") || !named)
		return error(NULL, MCP_BAD_REQUEST, "not a request of JSON-RPC 2.0", NULL);
	if (!id)
		return NULL; /* a notification */
	if (!json_is_string(id) && !json_is_integer(id))
		return error(NULL, MCP_BAD_REQUEST, "'id' is neither a text nor a whole number", NULL);
	return answer(m, message, id);
}

char *mcp_respond(struct mcp *m, const char *line, size_t len)
{
	json_error_t why;
	json_t *message = json_loadb(line, len, JSON_DECODE_ANY, &why);
	char *text = message ? respond_to(m, message) : error(NULL, MCP_BAD_JSON, why.text, NULL);

	json_decref(message);
	return text;
}

char *mcp_too_long(void)
{
	return error(NULL, MCP_BAD_JSON, "a message has at most 1 MiB", NULL);
}
