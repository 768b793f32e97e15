/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"

#include <math.h>
#include "record/record.h"

/* The order is that of the files. */
#define ROWS(list) .field = (list), .nr = sizeof(list) / sizeof(*(list)), .schema = RECORD_SCHEMA

#define RUN(member) .name = #member, .at = offsetof(struct run, member)

static const struct field of_run[] = {
	{ RUN(id), .type = &type_text, .column = "id", .names = NAME_RUN,
	  .doc = "the name of the run and of its directory" },
	{ RUN(plan), .type = &type_text, .column = "plan", .names = NAME_PLACE,
	  .doc = "`demo`, `decide`, ... or `custody`, `bisect`" },
	{ RUN(command), .type = &type_text, .column = "command", .doc = "repeats the run" },
	{ RUN(where), .type = &type_text, .column = "whence", .names = NAME_PLACE,
	  .doc = "`native` or `lab`" },
	{ RUN(emulated), .type = &type_bool, .column = "emulated",
	  .doc = "a program ran the machine's instructions, not a CPU; it is detected" },
	{ RUN(host), .type = &type_text_or_null, .column = "host", .names = NAME_HOST, .since = 2,
	  .doc = "fingerprint of the machine, stable over kernels and boots" },
	{ RUN(host_before), .type = &type_text_or_null, .column = "host_before", .names = NAME_HOST,
	  .since = 3,
	  .doc = "what earlier versions made of the same machine, so that their runs are of it; `null`: the same" },
	{ RUN(seed), .type = &type_seed, .column = "seed", .doc = "of the order of the samples, 64 bits" },
	{ RUN(blocks), .type = &type_count, .column = "blocks", .max = RUN_MAX_BLOCKS, .changes = true,
	  .doc = "that the plan wants; once the run has ended, that were taken" },
	{ RUN(planned), .type = &type_count, .column = "planned", .changes = true,
	  .doc = "samples that the plan wants, without retakes; once the run has ended, that were taken" },
	{ RUN(restarts), .type = &type_count, .column = "restarts", .since = 2, .older = 1,
	  .doc = "boots that the plan wants" },
	{ RUN(margin), .type = &type_double, .column = "margin", .most = RUN_MAX_MARGIN, .since = 2,
	  .older = NAN,
	  .doc = "of equivalence, 0.02 is 2 %; `null`: the default of the program that compares" },
	{ RUN(started_ns), .type = &type_int64, .column = "started_ns", .unit = "ns",
	  .doc = "when it began, Unix time" },
	{ RUN(policies), .type = &type_texts, .names = NAME_POLICY,
	  .doc = "their names, in the plan's order" },
	{ RUN(policy_hash), .type = &type_texts_or_null, .along = offsetof(struct run, policies), .since = 2,
	  .doc = "what each policy is, object and knobs; `null`: not known, or the kernel's own" },
	{ RUN(policy_given), .type = &type_texts_or_null, .along = offsetof(struct run, policies),
	  .names = NAME_POLICY, .since = 3,
	  .doc = "what a policy's name stands for, as given in `-s NAME=POLICY`; `null`: for itself" },
	{ RUN(slice_ns), .type = &type_texts_or_null, .along = offsetof(struct run, policies), .since = 3,
	  .unit = "ns", .doc = "the slice of each policy, in digits; `null`: not known" },
	{ RUN(baseline), .type = &type_text_or_null, .column = "baseline", .names = NAME_POLICY, .since = 3,
	  .doc = "the policy that the others are compared with; `null`: fair" },
	{ RUN(workloads), .type = &type_texts, .names = NAME_WORKLOAD,
	  .doc = "as given, in the plan's order" },
	{ RUN(primary), .type = &type_texts, .along = offsetof(struct run, workloads), .names = NAME_UNIT,
	  .doc = "the primary metric of each workload" },
	{ RUN(env), .type = &type_env,
	  .doc = "the environment: kernel, CPU model, governor, versions of scxbench and of tools, ..." },
	{ RUN(topology_xml), .type = &type_text_or_null, .column = "topology_xml",
	  .doc = "the machine as hwloc saw it" },
	{ RUN(ended), .type = &type_text_or_null, .column = "ended", .since = 2, .changes = true,
	  .doc = "why no more samples come; `null`: the run goes on or was interrupted" },
	{ RUN(tags), .type = &type_text_or_null, .names = NAME_TAGS, .since = 2, .changes = true,
	  .doc = "names that a person gave it, ascending, commas between" },
	{ RUN(gate), .type = &type_text_or_null, .column = "gate", .since = 3, .changes = true,
	  .doc = "`pass`, `fail` or `inconclusive`, as a night was judged; `null`: not judged" },
};

const struct fields run_fields = { ROWS(of_run), .size = sizeof(struct run), .table = "run" };

#define SAMPLE(member) .name = #member, .at = offsetof(struct record, member)
#define EJECTION(member) .name = #member, .object = "ejection", .at = offsetof(struct record, ejection.member)

static const struct field of_record[] = {
	{ SAMPLE(seq), .type = &type_count, .column = "seq", .min = 1, .max = RUN_MAX_SAMPLES,
	  .doc = "its place in time, from 1" },
	{ SAMPLE(block), .type = &type_count, .column = "block",
	  .doc = "from 1; 0: `warmup` or `instrumented`, part of no comparison" },
	{ SAMPLE(boot), .type = &type_count, .column = "boot", .since = 2, .older = 1,
	  .doc = "of the machine within the run, from 1: the line of `boots`" },
	{ SAMPLE(policy), .type = &type_text, .column = "policy", .names = NAME_POLICY,
	  .doc = "as given; the second fair arm of an A/A run is `fair#2`" },
	{ SAMPLE(workload), .type = &type_text, .column = "workload", .names = NAME_WORKLOAD,
	  .doc = "as given" },
	{ SAMPLE(instrumented), .type = &type_bool, .column = "instrumented",
	  .doc = "it was watched closer, which costs time: not a data point" },
	{ SAMPLE(warmup), .type = &type_bool, .column = "warmup", .since = 2,
	  .doc = "kept and shown, not a data point" },
	{ SAMPLE(retake_of), .type = &type_count, .column = "retake_of", .max = RUN_MAX_SAMPLES, .since = 3,
	  .doc = "`seq` of the void sample that it repeats, at the end of its block; 0: of none" },
	{ SAMPLE(status), .type = &type_status, .column = "status",
	  .doc = "`ok`: proven, a data point; `void`: its proof does not hold; `failed`: the workload did, or the policy did not come in or went out by itself; `ejected`: the kernel threw the policy out" },
	{ SAMPLE(why), .type = &type_text_or_null, .column = "why", .doc = "why the status is not `ok`" },
	{ SAMPLE(started_ns), .type = &type_int64, .column = "started_ns", .unit = "ns",
	  .doc = "when it began, Unix time" },
	{ SAMPLE(elapsed_s), .type = &type_double, .column = "elapsed_s", .most = SAMPLE_MAX_S, .unit = "s",
	  .doc = "the whole sample, attach to verify" },
	{ SAMPLE(window_s), .type = &type_double, .column = "window_s", .most = SAMPLE_MAX_S, .unit = "s",
	  .doc = "the measured window alone" },
	{ SAMPLE(metrics), .type = &type_metrics,
	  .doc = "each `name`, `unit`, `better` (`lower`, `higher` or empty), `value`, `absent` (why there is no value, else `null`), from schema 3 on `resolution` (the steps in which values come, in the unit; `null` where it is not known)" },
	{ .name = "histograms",
	  .at = offsetof(struct record, metrics),
	  .type = &type_hists,
	  .doc = "each `name`, `unit`, `bins` (low, high, count; ascending, without empty ones), `overflow` (values above the last bin)" },
	{ SAMPLE(proof), .type = &type_proof, .doc = "each `check`, `found` (in words), `holds`" },
	{ EJECTION(kind), .type = &type_int, .column = "exit_kind",
	  .doc = "`enum scx_exit_kind` of a policy that went out before its time, by the kernel (`ejected`) or otherwise; 0: it did not, -1: not known" },
	{ EJECTION(code), .type = &type_int64, .column = "exit_code", .doc = "the code that came with it" },
	{ EJECTION(reason), .type = &type_text_or_null, .column = "exit_reason",
	  .doc = "the kernel's name of the kind" },
	{ EJECTION(msg), .type = &type_text_or_null, .column = "exit_msg",
	  .doc = "what the kernel or the policy said" },
	{ EJECTION(dump), .type = &type_text_or_null, .column = "exit_dump",
	  .doc = "the first 16 KiB of the kernel's dump" },
	{ EJECTION(after_s), .type = &type_double, .column = "exit_after_s", .most = SAMPLE_MAX_S,
	  .unit = "s", .doc = "from attach" },
	{ SAMPLE(violations), .type = &type_text_or_null, .column = "violations",
	  .doc = "of custody: a JSON array, as text" },
};

const struct fields record_fields = { ROWS(of_record), .size = sizeof(struct record), .table = "sample" };
