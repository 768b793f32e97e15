/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables of a run and a sample. A new field is a member in record.h, a row in fields.c and a line of SQL
 * in the schema of a new version (store/schema-N.sql). results/README.md documents it, which a test checks.
 */
#pragma once
#include "record/field.h"

extern const struct fields run_fields;	  /* of struct run: run.json, the table "run" */
extern const struct fields record_fields; /* of struct record: sample-NNNN.json, the table "sample" */

/* Members that are more than one value. Each has tables of its own in the store. */
extern const struct field_type type_env, type_metrics, type_hists, type_proof;
