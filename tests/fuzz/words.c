/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every small language of options and files: the first byte says which. */
#include "fuzz.h"
#include "collect/sources.h"
#include "control/target.h"
#include "host/change.h"
#include "host/host.h"
#include "judge/limits.h"
#include "monitor/fairness_watch.h"
#include "policy/policy.h"
#include "record/metrics.h"
#include "util/parse.h"
#include "workload/describe.h"

#include <stdlib.h>

static void ask_setting(const char *text)
{
	uint64_t value;

	control_parse(control_settings, text, &value);
	control_parse(control_queue_settings, text, &value);
	control_parse(control_params, text, &value);
}

static void ask_limits(const char *text)
{
	struct limits l = { 0 };

	if (!limits_parse("--margin", text, &l))
		limits_free(&l);
}

static void ask_weight(const char *text)
{
	double weight;
	__u32 quota;

	fairness_weight_parse(text, &weight, &quota);
}

static void ask_wish(const char *text)
{
	struct host_wish wish = { 0 };

	host_wish_parse(&wish, text);
}

static void ask_restore(const char *text)
{
	struct changes c = { 0 };

	if (!changes_parse(text, &c))
		changes_free(&c);
}

static void ask_numbers(const char *text)
{
	uint64_t count;
	double number;

	parse_count("n", text, (struct counts){ 1, 1000 }, &count);
	parse_percent("p", text, (struct range){ 0, 1 }, &number);
	parse_duration("d", text, 1000, &number);
	if (!parse_bytes("b", text, &count))
		fuzz_holds(count <= INT64_MAX);
}

static void ask_description(const char *text)
{
	struct workload *list = NULL;
	struct why why = { 0 };

	if (!describe_parse("/w", text, &list, &why))
		workload_list_free(list);
}

static void ask_proc(const char *text)
{
	struct schedstat stat;
	struct host_times times;
	uint64_t us;

	schedstat_parse(text, &stat);
	pressure_parse(text, "some", &us);
	host_parse(text, &times);
}

static void ask_perf(const char *text)
{
	struct metrics m = { 0 };

	perf_parse(text, &m);
	metrics_free(&m);
}

static void ask_policy(const char *text)
{
	struct policy_spec spec;

	if (!policy_parse(fuzz_path("."), text, &spec))
		policy_spec_free(&spec);
}

static void (*const ask[])(const char *text) = { ask_setting, ask_limits,  ask_weight,	    ask_wish,
						 ask_restore, ask_numbers, ask_description, ask_proc,
						 ask_perf,    ask_policy };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (!size)
		return 0;
	text = fuzz_text(data + 1, size - 1);
	ask[data[0] % (sizeof(ask) / sizeof(*ask))](text);
	free(text);
	return 0;
}
