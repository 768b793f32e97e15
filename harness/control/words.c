/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "control/target.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/parse.h"
#include "util/scan.h"

#define KEY(name, min, max, help) { #name, min, max, help },
const struct control_key control_settings[] = { SCXB_SETTINGS(KEY){ 0 } };
const struct control_key control_params[] = { SCXB_PARAMS(KEY){ 0 } };

static const char *const layout[] = { [SCXB_LAYOUT_L3] = "l3",
				      [SCXB_LAYOUT_NODE] = "node",
				      [SCXB_LAYOUT_MACHINE] = "machine",
				      [SCXB_LAYOUT_CORE] = "core" };

static bool is_quota(const struct control_key *key)
{
	return !strcmp(key->name, "quota_ppm");
}

static bool is_layout(const struct control_key *key)
{
	return !strcmp(key->name, "layout");
}

/* The user's word for the key. */
static const char *key_word(const struct control_key *key)
{
	return is_quota(key) ? "quota" : key->name;
}

static int parse_quota(const struct control_key *key, const char *text, __u64 *value)
{
	double ratio;
	int err = parse_percent("quota", text, (struct range){ key->min / 1e4, key->max / 1e4 }, &ratio);

	if (!err)
		*value = llround(ratio * 1e6);
	return err;
}

static int parse_setting(const struct control_key *key, const char *text, __u64 *value)
{
	uint64_t n;
	int err;

	for (unsigned i = 0; is_layout(key) && i < SCXB_NR_LAYOUTS; i++)
		if (!strcmp(text, layout[i]))
			return *value = i, 0;
	if (is_layout(key) && !scan_count(text, &n))
		return log_err(-CAUSE_USAGE, "layout '%s': give l3, node, machine or core", text);
	err = parse_count(key->name, text, (struct counts){ key->min, key->max }, &n);
	*value = n;
	return err;
}

static int unknown_key(const struct control_key *keys, const char *text, size_t len)
{
	char *name = mem_printf("%.*s", (int)len, text);
	struct nearest near = { .word = name };

	for (int i = 0; keys[i].name; i++)
		nearest_try(&near, key_word(&keys[i]));
	log_err(-CAUSE_USAGE, "there is no '%s' to set%s 'scxbench ctl list' names all", name,
		nearest_ask(&near));
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
		if (strlen(key_word(&keys[i])) != len || strncmp(key_word(&keys[i]), text, len))
			continue;
		if ((is_quota(&keys[i]) ? parse_quota : parse_setting)(&keys[i], is + 1, value))
			return -CAUSE_USAGE;
		return i;
	}
	return unknown_key(keys, text, len);
}

void control_print(const struct control_key *key, __u64 value, char *buf, size_t len)
{
	if (is_quota(key))
		snprintf(buf, len, "quota=%g%%", value / 1e4);
	else if (is_layout(key) && value < SCXB_NR_LAYOUTS)
		snprintf(buf, len, "layout=%s", layout[value]);
	else
		snprintf(buf, len, "%s=%llu", key->name, value);
}
