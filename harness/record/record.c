/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/record.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/fields.h"
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

static json_t *proof_put(const struct field *f, const void *of)
{
	const struct record *r = of;
	json_t *array = json_array();

	(void)f;
	for (size_t i = 0; i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		json_array_append_new(array,
				      json_pack("{s:o,s:o,s:b}", "check", json_from_text(proof_name(p)),
						"found", json_from_text(p->found), "holds", p->holds));
	}
	return array;
}

static void proof_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	const json_t *array = json_get_array(doc, object, f->name), *item;
	size_t i;

	json_array_foreach (array, i, item) {
		char *name = json_get_text(doc, item, "check"), *found = json_get_text(doc, item, "found");

		record_take_proof(of, proof_named(name, found, json_get_bool(doc, item, "holds")));
		free(name);
		free(found);
	}
}

static void proof_clear(const struct field *f, void *of)
{
	struct record *r = of;

	(void)f;
	for (size_t i = 0; i < r->nr_proofs; i++)
		proof_free(&r->proof[i]);
	free(r->proof);
}

const struct field_type type_proof = {
	.name = "list",
	.put = proof_put,
	.get = proof_get,
	.clear = proof_clear,
};

char *run_sample_path(const char *run_dir, unsigned seq)
{
	return mem_printf("%s/sample-%04u.json", run_dir, seq);
}

char *run_log_path(const char *run_dir, unsigned seq, const char *what)
{
	return mem_printf("%s/logs/%04u-%s.log", run_dir, seq, what);
}

int record_write(const struct record *r, const char *run_dir)
{
	char *path = run_sample_path(run_dir, r->seq);
	int err = fields_write(&record_fields, path, r);

	free(path);
	return err;
}

int record_read(const char *path, struct record *r)
{
	return fields_read(&record_fields, path, r);
}

int record_check(const struct record *r, const char *where)
{
	return fields_check(&record_fields, r, where);
}

char *record_fault(const struct record *r)
{
	return fields_fault(&record_fields, r);
}

bool record_same(const struct record *a, const struct record *b)
{
	return fields_same(&record_fields, a, b);
}

void record_free(struct record *r)
{
	fields_free(&record_fields, r);
}
