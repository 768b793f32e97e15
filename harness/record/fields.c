/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"

#include <math.h>
#include "record/record.h"

/* The order is that of the files. */
#define ROWS(list) .field = (list), .nr = sizeof(list) / sizeof(*(list)), .schema = RECORD_SCHEMA

#define RUN(member) .name = #member, .at = offsetof(struct run, member)

static const struct field of_run[] = {
	{ RUN(id), .type = &type_text, .column = "id", .valid = run_id_valid,
	  .doc = "its name, and its directory's" },
	{ RUN(plan), .type = &type_text, .column = "plan", .doc = "`demo`, `decide`, ... or `custody`" },
	{ RUN(command), .type = &type_text, .column = "command", .doc = "repeats the run" },
	{ RUN(where), .type = &type_text, .column = "whence", .doc = "`native` or `lab`" },
	{ RUN(emulated), .type = &type_bool, .column = "emulated",
	  .doc = "no CPU ran the machine's instructions; by detection" },
	{ RUN(host), .type = &type_text_or_null, .column = "host", .since = 2,
	  .doc = "fingerprint of the machine, stable over kernels and boots" },
	{ RUN(seed), .type = &type_seed, .column = "seed", .doc = "of the order of the samples, 64 bits" },
	{ RUN(blocks), .type = &type_count, .column = "blocks", .max = RUN_MAX_BLOCKS, .changes = true,
	  .doc = "that the plan wants; after the end, that were taken" },
	{ RUN(planned), .type = &type_count, .column = "planned", .changes = true,
	  .doc = "samples that the plan wants; after the end, that were taken" },
	{ RUN(restarts), .type = &type_count, .column = "restarts", .since = 2, .older = 1,
	  .doc = "boots that the plan wants" },
	{ RUN(margin), .type = &type_double, .column = "margin", .since = 2, .older = NAN,
	  .doc = "of equivalence, 0.02 is 2 %; `null`: the default of the program that compares" },
	{ RUN(started_ns), .type = &type_int64, .column = "started_ns", .unit = "ns", .doc = "Unix time" },
	{ RUN(policies), .type = &type_texts, .doc = "as given, in the plan's order" },
	{ RUN(policy_hash), .type = &type_texts_or_null, .along = offsetof(struct run, policies), .since = 2,
	  .doc = "what each policy is, object and knobs; `null`: not known, or the kernel's own" },
	{ RUN(workloads), .type = &type_texts, .doc = "as given, in the plan's order" },
	{ RUN(primary), .type = &type_texts, .along = offsetof(struct run, workloads),
	  .doc = "the primary metric of each workload" },
	{ RUN(env), .type = &type_env,
	  .doc = "the environment: kernel, CPU model, governor, versions of tools, ..." },
	{ RUN(topology_xml), .type = &type_text_or_null, .column = "topology_xml",
	  .doc = "the machine as hwloc saw it" },
	{ RUN(ended), .type = &type_text_or_null, .column = "ended", .since = 2, .changes = true,
	  .doc = "why no more samples come; `null`: it goes on or was interrupted" },
	{ RUN(tags), .type = &type_text_or_null, .since = 2, .changes = true,
	  .doc = "names that a person gave it, ascending, commas between" },
};

const struct fields run_fields = { ROWS(of_run), .size = sizeof(struct run), .table = "run" };
