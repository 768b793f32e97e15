/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The methods of the protocol. What they list and read is the table of mcp_kinds.h. */
#include "mcp/mcp_request.h"

#include <stdlib.h>
#include <string.h>
#include "mcp/mcp_kinds.h"
#include "record/json.h"
#include "text/buf.h"
#include "util/mem.h"

static const char *const legacy[] = { "2025-11-25", "2025-06-18" }; /* the newest first */

#define FRESH_MS 1000 /* how long an answer is good; a run that goes on changes with each sample */
#define MAX_LISTED 50 /* runs in the list of resources */

json_t *mcp_refuse(struct mcp_request *r, int code, char *message)
{
	r->code = code;
	r->message = message;
	return NULL;
}

json_t *mcp_identity(const struct mcp *m)
{
	return json_pack("{s:s,s:s,s:s}", "name", "scxbench", "title", "scxbench", "version", m->version);
}

static json_t *capabilities(void)
{
	return json_pack("{s:{},s:{}}", "resources", "tools");
}

static const char instructions[] =
	"Results of scxbench: sched_ext policies compared with the kernel's own scheduler. Read only. Begin with "
	"'runs', then 'answer' and 'results' of a run. A RUN is an id, a tag or 'latest'. Emulated results are ratios "
	"under emulation and no speed; a run with fewer than 6 blocks is a demonstration; 'inconclusive' is not "
	"'no difference'.";

/* Of a list, or of something read: how long it may be kept. */
static json_t *cacheable(const struct mcp_request *r, json_t *result)
{
	if (r->modern) {
		json_object_set_new(result, "ttlMs", json_integer(FRESH_MS));
		json_object_set_new(result, "cacheScope", json_string("private"));
	}
	return result;
}

json_t *mcp_versions(void)
{
	json_t *list = json_pack("[s]", MCP_MODERN);

	for (size_t i = 0; i < sizeof(legacy) / sizeof(*legacy); i++)
		json_array_append_new(list, json_string(legacy[i]));
	return list;
}

json_t *mcp_discover(struct mcp_request *r)
{
	return cacheable(r, json_pack("{s:o,s:o,s:s}", "supportedVersions", mcp_versions(), "capabilities",
				      capabilities(), "instructions", instructions));
}

json_t *mcp_initialize(struct mcp_request *r)
{
	const char *asked = json_string_value(json_object_get(r->params, "protocolVersion")),
		   *chosen = legacy[0];

	if (!asked)
		return mcp_refuse(r, MCP_BAD_PARAMS, mem_strdup("'protocolVersion' is missing"));
	for (size_t i = 0; i < sizeof(legacy) / sizeof(*legacy); i++)
		if (!strcmp(asked, legacy[i]))
			chosen = legacy[i];
	r->m->legacy = true;
	return json_pack("{s:s,s:o,s:o,s:s}", "protocolVersion", chosen, "capabilities", capabilities(),
			 "serverInfo", mcp_identity(r->m), "instructions", instructions);
}

json_t *mcp_ping(struct mcp_request *r)
{
	(void)r;
	return json_object();
}

static json_t *describe_kind(const struct mcp_kind *k, const char *address)
{
	json_t *o = json_pack("{s:s,s:s,s:s,s:s}", address, k->uri, "name", k->name, "title", k->title,
			      "description", k->about);

	if (k->mime)
		json_object_set_new(o, "mimeType", json_string(k->mime));
	return o;
}

static void list_run(json_t *list, const json_t *run)
{
	const char *id = json_string_value(json_object_get(run, "id"));
	const char *plan = json_string_value(json_object_get(run, "plan"));
	const char *kind = plan && !strcmp(plan, "custody") ? "custody" : "results";
	char *uri = mem_printf("scxbench://runs/%s/%s", id, kind);

	json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s}", "uri", uri, "name", id, "description",
					      mcp_kind_named(kind)->about, "mimeType", "application/json"));
	free(uri);
}

/* The newest runs, which a person may pick from. */
static void list_runs(const struct mcp *m, json_t *list)
{
	const struct mcp_values none = { 0 };
	struct mcp_found found;
	json_t *whole, *run;
	size_t i;

	mcp_read(m, mcp_kind_named("runs"), &none, &found);
	whole = found.text ? json_loadb(found.text, found.len, 0, NULL) : NULL;
	json_array_foreach (json_object_get(whole, "runs"), i, run)
		if (i < MAX_LISTED && json_is_string(json_object_get(run, "id")))
			list_run(list, run);
	json_decref(whole);
	mcp_found_free(&found);
}

json_t *mcp_list_resources(struct mcp_request *r)
{
	json_t *list = json_array();

	for (const struct mcp_kind *k = mcp_kinds; k->name; k++)
		if (mcp_kind_is_fixed(k))
			json_array_append_new(list, describe_kind(k, "uri"));
	list_runs(r->m, list);
	return cacheable(r, json_pack("{s:o}", "resources", list));
}

json_t *mcp_list_templates(struct mcp_request *r)
{
	json_t *list = json_array();

	for (const struct mcp_kind *k = mcp_kinds; k->name; k++)
		if (!mcp_kind_is_fixed(k))
			json_array_append_new(list, describe_kind(k, "uriTemplate"));
	return cacheable(r, json_pack("{s:o}", "resourceTemplates", list));
}

json_t *mcp_list_tools(struct mcp_request *r)
{
	json_t *list = json_array();

	for (const struct mcp_kind *k = mcp_kinds; k->name; k++)
		json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:o,s:{s:b,s:b}}", "name", k->name,
						      "title", k->title, "description", k->about,
						      "inputSchema", mcp_kind_schema(k), "annotations",
						      "readOnlyHint", true, "openWorldHint", false));
	return cacheable(r, json_pack("{s:o}", "tools", list));
}

static const char *mime_of(const struct mcp_kind *k, const struct mcp_found *found)
{
	return k->mime ?: found->binary ? "image/png" : "image/svg+xml";
}

/* The text, or the bytes, as members of an object. */
static void set_content(json_t *o, const struct mcp_found *found, const char *bytes_key)
{
	struct buf uri = { 0 };

	if (found->binary) {
		buf_data_uri(&uri, "", found->text, found->len);
		json_object_set_new(o, bytes_key, json_string(strchr(uri.text, ',') + 1));
	} else {
		json_object_set_new(o, "text", json_from_text(found->text));
	}
	free(uri.text);
}

json_t *mcp_read_resource(struct mcp_request *r)
{
	const char *uri = json_string_value(json_object_get(r->params, "uri"));
	int absent = r->modern ? MCP_BAD_PARAMS : MCP_LEGACY_ABSENT;
	struct mcp_found found;
	struct mcp_values v;
	const struct mcp_kind *k = uri ? mcp_kind_at(uri, &v) : NULL;
	json_t *content;

	if (!uri)
		return mcp_refuse(r, MCP_BAD_PARAMS, mem_strdup("'uri' is missing"));
	if (!k)
		return mcp_refuse(r, absent,
				  mem_strdup("there is no such resource: 'resources/list' and "
					     "'resources/templates/list' have all"));
	mcp_read(r->m, k, &v, &found);
	mcp_values_free(&v);
	if (!found.text) {
		mcp_refuse(r, found.is_absent ? absent : MCP_FAILED,
			   mem_strdup(found.why ?: "it can't be read"));
		mcp_found_free(&found);
		return NULL;
	}
	content = json_pack("{s:s,s:s}", "uri", uri, "mimeType", mime_of(k, &found));
	set_content(content, &found, "blob");
	mcp_found_free(&found);
	return cacheable(r, json_pack("{s:[o]}", "contents", content));
}

static json_t *tool_text(const char *text, bool wrong)
{
	return json_pack("{s:[{s:s,s:o}],s:b}", "content", "type", "text", "text", json_from_text(text),
			 "isError", wrong);
}

static json_t *tool_result(const struct mcp_kind *k, const struct mcp_found *found)
{
	json_t *content;

	if (!found->text)
		return tool_text(found->why ?: "it can't be read", true);
	if (!found->binary)
		return tool_text(found->text, false);
	content = json_pack("{s:s,s:s}", "type", "image", "mimeType", mime_of(k, found));
	set_content(content, found, "data");
	return json_pack("{s:[o],s:b}", "content", content, "isError", false);
}

json_t *mcp_call_tool(struct mcp_request *r)
{
	const char *name = json_string_value(json_object_get(r->params, "name"));
	const json_t *arguments = json_object_get(r->params, "arguments");
	const struct mcp_kind *k = name ? mcp_kind_named(name) : NULL;
	struct mcp_found found = { 0 };
	struct mcp_values v;
	json_t *result;

	if (!k)
		return mcp_refuse(r, MCP_BAD_PARAMS,
				  mem_strdup("there is no such tool: 'tools/list' has all"));
	if (arguments && !json_is_object(arguments))
		return mcp_refuse(r, MCP_BAD_PARAMS, mem_strdup("'arguments' is not an object"));
	if (mcp_values_of(k, arguments, &v, &found.why))
		mcp_read(r->m, k, &v, &found);
	mcp_values_free(&v);
	result = tool_result(k, &found);
	mcp_found_free(&found);
	return result;
}
