/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/record.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/json.h"
#include "util/mem.h"

static const char *const status_names[NR_STATUS] = {
	[STATUS_OK] = "ok",
	[STATUS_VOID] = "void",
	[STATUS_FAILED] = "failed",
	[STATUS_EJECTED] = "ejected",
};

const char *status_name(enum status s)
{
	return status_names[s];
}

int status_parse(const char *name, enum status *status)
{
	for (int s = 0; s < NR_STATUS; s++) {
		if (!strcmp(name, status_names[s])) {
			*status = (enum status)s;
			return 0;
		}
	}
	return -EINVAL;
}

static enum status get_status(struct json_doc *doc)
{
	char *name = json_get_text(doc, doc->root, "status");
	enum status s = STATUS_OK;

	if (status_parse(name, &s))
		json_bad(doc, "status");
	free(name);
	return s;
}

void record_take_proof(struct record *r, struct proof p)
{
	r->proof = mem_grow(r->proof, r->nr_proofs, sizeof(*r->proof));
	r->proof[r->nr_proofs++] = p;
}

void record_prove(struct record *r, bool holds, enum proof_check check, const char *fmt, ...)
{
	char found[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(found, sizeof(found), fmt, ap);
	va_end(ap);
	record_take_proof(r, (struct proof){ check, NULL, mem_strdup(found), holds });
}

static json_t *from_proofs(const struct record *r)
{
	json_t *array = json_array();

	for (size_t i = 0; i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		json_array_append_new(array,
				      json_pack("{s:o,s:o,s:b}", "check", json_from_text(proof_name(p)),
						"found", json_from_text(p->found), "holds", p->holds));
	}
	return array;
}

static void get_proofs(struct json_doc *doc, struct record *r)
{
	const json_t *array = json_get_array(doc, doc->root, "proof"), *item;
	size_t i;

	json_array_foreach (array, i, item) {
		char *name = json_get_text(doc, item, "check"), *found = json_get_text(doc, item, "found");

		record_take_proof(r, proof_named(name, found, json_get_bool(doc, item, "holds")));
		free(name);
		free(found);
	}
}

static json_t *from_ejection(const struct ejection *e)
{
	return json_pack("{s:i,s:I,s:o,s:o,s:o,s:o}", "kind", e->kind, "code", (json_int_t)e->code, "reason",
			 json_from_text(e->reason), "msg", json_from_text(e->msg), "dump",
			 json_from_text(e->dump), "after_s", json_from_double(e->after_s));
}

static void get_ejection(struct json_doc *doc, struct ejection *e)
{
	const json_t *object = json_get_object(doc, doc->root, "ejection");

	e->kind = json_get_int(doc, object, "kind");
	e->code = json_get_int(doc, object, "code");
	e->reason = json_get_text_or_null(doc, object, "reason");
	e->msg = json_get_text_or_null(doc, object, "msg");
	e->dump = json_get_text_or_null(doc, object, "dump");
	e->after_s = json_get_double(doc, object, "after_s");
}

static json_t *from_record(const struct record *r)
{
	return json_pack("{s:i,s:I,s:I,s:I,s:o,s:o,s:b,s:b,s:s,s:o,s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:o}",
			 "schema", RECORD_SCHEMA, "seq", (json_int_t)r->seq, "block", (json_int_t)r->block,
			 "boot", (json_int_t)r->boot, "policy", json_from_text(r->policy), "workload",
			 json_from_text(r->workload), "instrumented", r->instrumented, "warmup", r->warmup,
			 "status", status_name(r->status), "why", json_from_text(r->why), "started_ns",
			 (json_int_t)r->started_ns, "elapsed_s", json_from_double(r->elapsed_s), "window_s",
			 json_from_double(r->window_s), "metrics", json_from_metrics(&r->metrics),
			 "histograms", json_from_hists(&r->metrics), "proof", from_proofs(r), "ejection",
			 from_ejection(&r->ejection), "violations", json_from_text(r->violations));
}

int record_write(const struct record *r, const char *run_dir)
{
	char *path = mem_printf("%s/sample-%04u.json", run_dir, r->seq);
	int err = json_write(path, from_record(r));

	free(path);
	return err;
}

static void get_record(struct json_doc *doc, struct record *r)
{
	r->seq = json_get_count(doc, doc->root, "seq");
	if (!r->seq || r->seq > RUN_MAX_SAMPLES)
		json_bad(doc, "seq");
	r->block = json_get_count(doc, doc->root, "block");
	r->boot = doc->schema < 2 ? 1 : json_get_count(doc, doc->root, "boot");
	r->policy = json_get_text(doc, doc->root, "policy");
	r->workload = json_get_text(doc, doc->root, "workload");
	r->instrumented = json_get_bool(doc, doc->root, "instrumented");
	r->warmup = doc->schema >= 2 && json_get_bool(doc, doc->root, "warmup");
	r->status = get_status(doc);
	r->why = json_get_text_or_null(doc, doc->root, "why");
	r->started_ns = json_get_int(doc, doc->root, "started_ns");
	r->elapsed_s = json_get_double(doc, doc->root, "elapsed_s");
	r->window_s = json_get_double(doc, doc->root, "window_s");
	json_get_metrics(doc, &r->metrics);
	json_get_hists(doc, &r->metrics);
	get_proofs(doc, r);
	get_ejection(doc, &r->ejection);
	r->violations = json_get_text_or_null(doc, doc->root, "violations");
}

int record_read(const char *path, struct record *r)
{
	struct json_doc doc;
	int err = json_open(path, RECORD_SCHEMA, &doc);

	*r = (struct record){ 0 };
	if (err)
		return err;
	get_record(&doc, r);
	err = json_close(&doc);
	if (err)
		record_free(r);
	return err;
}

int record_check(const struct record *r, const char *where)
{
	struct record back = { 0 };
	struct json_doc doc;
	int err = json_open_object(where, RECORD_SCHEMA, from_record(r), &doc);

	if (err)
		return err;
	get_record(&doc, &back);
	record_free(&back);
	return json_close(&doc);
}

bool record_same(const struct record *a, const struct record *b)
{
	return json_same(from_record(a), from_record(b));
}

void record_free(struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		proof_free(&r->proof[i]);
	free(r->proof);
	free(r->policy);
	free(r->workload);
	free(r->why);
	free(r->ejection.reason);
	free(r->ejection.msg);
	free(r->ejection.dump);
	free(r->violations);
	metrics_free(&r->metrics);
	*r = (struct record){ 0 };
}
