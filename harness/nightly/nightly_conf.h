/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The settings of a night: a file of lines "key = value", '#' begins a comment line, and the same as options
 * "-o key=value", which come later and so win. A key that may be given several times is a list; of every
 * other the last value counts, and without one its default. Each is checked where it is read.
 */
#pragma once
#include <stdint.h>
#include <stddef.h>

enum night_key {
	NIGHT_RESULTS,
	NIGHT_PLAN,
	NIGHT_BLOCKS,
	NIGHT_PRECISION,
	NIGHT_TIME_BUDGET,
	NIGHT_POLICY,
	NIGHT_ATTACH_LIMIT,
	NIGHT_WORKLOAD,
	NIGHT_USER,
	NIGHT_GOVERNOR,
	NIGHT_EPP,
	NIGHT_TURBO,
	NIGHT_THP,
	NIGHT_IRQBALANCE,
	NIGHT_MAX_LOAD,
	NIGHT_MAX_RUNNING,
	NIGHT_MAX_TEMPERATURE,
	NIGHT_MIN_FREE,
	NIGHT_BASELINE,
	NIGHT_NIGHTS,
	NIGHT_THRESHOLD,
	NIGHT_ANCHOR_LIMIT,
	NIGHT_BLESS,
	NIGHT_PUBLISH,
	NIGHT_HOOK,
	NIGHT_HOOK_LIMIT,
	NIGHT_KEEP_DAYS,
	NIGHT_KEEP_BYTES,
	NR_NIGHT_KEYS
};

struct night_conf {
	struct night_value {
		enum night_key key;
		char *text;
	} *value;
	size_t nr;
};

/* -CAUSE_USAGE, logged in one line with file and line, for an unknown key or an invalid value. */
int night_conf_read(struct night_conf *c, const char *path);
int night_conf_option(struct night_conf *c, const char *text);
void night_conf_free(struct night_conf *c);

/* The last value or the default; NULL for neither. */
const char *night_conf_text(const struct night_conf *c, enum night_key key);
double night_conf_seconds(const struct night_conf *c, enum night_key key); /* the same */
double night_conf_number(const struct night_conf *c, enum night_key key);  /* of a key that has a default */
uint64_t night_conf_bytes(const struct night_conf *c, enum night_key key); /* 0: not given */

const char *night_key_name(enum night_key key);
const char *night_key_help(enum night_key key);
const char *night_key_default(enum night_key key); /* or NULL */
