/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "control/quota.h"
#include "control/target.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/parse.h"
#include "util/scan.h"
#include "queues_abi.h"

#define KEY(name, min, max, help) { #name, min, max, help },
const struct control_key control_settings[] = { SCXB_SETTINGS(KEY){ 0 } };
const struct control_key control_queue_settings[] = { SCXB_QUEUE_SETTINGS(KEY){ 0 } };
const struct control_key control_params[] = { SCXB_PARAMS(KEY){ 0 } };

const struct control_key *control_keys(enum target_kind kind)
{
	return kind == TARGET_POLICY  ? control_params
	       : kind == TARGET_QUEUE ? control_queue_settings
				      : control_settings;
}

/* Numbers that have names. */
static const struct named {
	const char *key, *ask;
	const char *const *name; /* key->max is the last one */
} named[] = { { "layout", "l3, node, machine or core",
		(const char *const[]){ [SCXB_LAYOUT_L3] = "l3",
				       [SCXB_LAYOUT_NODE] = "node",
				       [SCXB_LAYOUT_MACHINE] = "machine",
				       [SCXB_LAYOUT_CORE] = "core" } },
	      { "queues", "one, user or cgroup",
		(const char *const[]){
			[SCXB_BY_NONE] = "one", [SCXB_BY_USER] = "user", [SCXB_BY_CGROUP] = "cgroup" } },
	      { "order", "arrival or priority",
		(const char *const[]){
			[SCXB_ORDER_ARRIVAL] = "arrival", [SCXB_ORDER_PRIORITY] = "priority" } },
	      { "own", "yes or no", (const char *const[]){ "no", "yes" } } };

static bool is_quota(const struct control_key *key)
{
	return !strcmp(key->name, "quota");
}

/* NULL: its numbers have none. */
static const struct named *names_of(const struct control_key *key)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (!strcmp(key->name, named[i].key))
			return &named[i];
	return NULL;
}

static int parse_quota(const char *text, __u64 *value)
{
	__u32 quota = 0;
	int err = quota_parse(text, &quota);

	*value = quota;
	return err;
}

static int parse_setting(const struct control_key *key, const char *text, __u64 *value)
{
	const struct named *names = names_of(key);
	uint64_t n;
	int err;

	for (__u64 i = 0; names && i <= key->max; i++)
		if (!strcmp(text, names->name[i]))
			return *value = i, 0;
	if (names && !scan_count(text, &n))
		return log_err(-CAUSE_USAGE, "%s '%s': give %s", key->name, text, names->ask);
	err = parse_count(key->name, text, (struct counts){ key->min, key->max }, &n);
	*value = n;
	return err;
}

static int unknown_key(const struct control_key *keys, const char *text, size_t len)
{
	char *name = mem_printf("%.*s", (int)len, text);
	struct nearest near = { .word = name };

	for (int i = 0; keys[i].name; i++)
		nearest_try(&near, keys[i].name);
	log_err(-CAUSE_USAGE, "there is no '%s' to set%s%s 'scxbench ctl list' names all", name,
		keys == control_queue_settings ? " for a queue" : "", nearest_ask(&near));
	free(name);
	return -CAUSE_USAGE;
}

int control_parse(const struct control_key *keys, const char *text, __u64 *value)
{
	const char *is = strchr(text, '=');
	size_t len = is ? (size_t)(is - text) : 0;

	if (!is)
		return log_err(-CAUSE_USAGE, "'%s' is not KEY=VALUE", text);
	for (int i = 0; keys[i].name; i++) {
		if (strlen(keys[i].name) != len || strncmp(keys[i].name, text, len))
			continue;
		if (is_quota(&keys[i]) ? parse_quota(is + 1, value) : parse_setting(&keys[i], is + 1, value))
			return -CAUSE_USAGE;
		return i;
	}
	return unknown_key(keys, text, len);
}

void control_print(const struct control_key *key, __u64 value, char *buf, size_t len)
{
	const struct named *names = names_of(key);
	char quota[32];

	if (is_quota(key)) {
		quota_print(value, quota, sizeof(quota));
		snprintf(buf, len, "quota=%s", quota);
	} else if (names && value <= key->max)
		snprintf(buf, len, "%s=%s", key->name, names->name[value]);
	else
		snprintf(buf, len, "%s=%llu", key->name, value);
}
