/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nightly/nightly_conf.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "host/host.h"
#include "plan/plan.h"
#include "judge/limits.h"
#include "judge/regress.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/parse.h"
#include "util/scan.h"

/* Each check logs, with name in front: 0 or -CAUSE_USAGE. name is "FILE:LINE: KEY". */

static int check_text(const char *name, const char *text)
{
	return *text ? 0 : log_err(-CAUSE_USAGE, "%s: give a value", name);
}

static int check_user(const char *name, const char *text)
{
	struct account user = { 0 };
	int err = account_find(text, &user);

	account_free(&user);
	return err ? log_err(-CAUSE_USAGE, "%s: no user '%s'", name, text) : 0;
}

static int check_plan(const char *name, const char *text)
{
	struct nearest near = { .word = text };

	if (plan_kind(text))
		return 0;
	plan_try_all(&near);
	return log_err(-CAUSE_USAGE, "%s: no plan named '%s'%s 'scxbench list' names all", name, text,
		       nearest_ask(&near));
}

static int check_blocks(const char *name, const char *text)
{
	uint64_t n;

	return parse_count(name, text, BENCH_BLOCKS, &n);
}

static int check_percent(const char *name, const char *text)
{
	double ratio;

	return parse_percent(name, text, BENCH_PRECISION, &ratio);
}

static int check_duration(const char *name, const char *text)
{
	double seconds;

	return parse_duration(name, text, BENCH_MOST_HOURS, &seconds);
}

static int check_attach_limit(const char *name, const char *text)
{
	double seconds;

	return parse_duration(name, text, BENCH_MOST_ATTACH_HOURS, &seconds);
}

static int check_count(const char *name, const char *text)
{
	uint64_t n;

	return parse_count(name, text, (struct counts){ 0, 100000 }, &n);
}

static int check_nights(const char *name, const char *text)
{
	uint64_t n;

	return parse_count(name, text, REGRESS_NIGHTS, &n);
}

static int check_number(const char *name, const char *text)
{
	double n;

	return parse_number(name, text, (struct range){ 0, 100000 }, &n);
}

static int check_bytes(const char *name, const char *text)
{
	uint64_t bytes;

	return parse_bytes(name, text, &bytes);
}

static int check_threshold(const char *name, const char *text)
{
	struct limits l = { 0 };
	int err = limits_parse(name, text, &l);

	limits_free(&l);
	return err;
}

static int check_yes(const char *name, const char *text)
{
	bool good = !strcmp(text, "yes") || !strcmp(text, "no");

	return good ? 0 : log_err(-CAUSE_USAGE, "%s '%s': give yes or no", name, text);
}

static int check_setting(const char *name, const char *text)
{
	struct host_wish wish = { 0 };
	const char *give = host_wish_set(&wish, strrchr(name, ' ') + 1, text);

	return give ? log_err(-CAUSE_USAGE, "%s '%s': %s", name, text, give) : 0;
}

static const struct key {
	const char *name, *fallback;
	int (*check)(const char *name, const char *text);
	const char *help;
} keys[NR_NIGHT_KEYS] = {
	[NIGHT_RESULTS] = { "results", "/var/lib/scxbench", check_text, "where results go" },
	[NIGHT_PLAN] = { "plan", "nightly", check_plan, "a plan of 'scxbench list'" },
	[NIGHT_BLOCKS] = { "blocks", NULL, check_blocks, "of each policy and workload; default: the plan's" },
	[NIGHT_PRECISION] = { "precision", NULL, check_percent,
			      "take blocks until each effect is this precise: 1%" },
	[NIGHT_TIME_BUDGET] = { "time-budget", NULL, check_duration,
				"begin no block that would end "
				"after: 6h" },
	[NIGHT_POLICY] = { "policy", NULL, check_text,
			   "repeatable; default: fair and all of 'scxbench list' that need not be named" },
	[NIGHT_ATTACH_LIMIT] = { "attach-limit", NULL, check_attach_limit,
				 "how long a command's scheduler may take to attach; default: 60s" },
	[NIGHT_WORKLOAD] = { "workload", NULL, check_text, "repeatable; default: those in the default plan" },
	[NIGHT_USER] = { "user", NULL, check_user, "workloads run as this user; default: nobody" },
	[NIGHT_GOVERNOR] = { "governor", "performance", check_setting, "of cpufreq, in the run; or keep" },
	[NIGHT_EPP] = { "epp", "keep", check_setting, "energy performance preference in the run; or keep" },
	[NIGHT_TURBO] = { "turbo", "off", check_setting, "on, off or keep" },
	[NIGHT_THP] = { "thp", "keep", check_setting, "huge pages: always, madvise, never or keep" },
	[NIGHT_IRQBALANCE] = { "irqbalance", "off", check_setting, "off: stopped during the run; or keep" },
	[NIGHT_MAX_LOAD] = { "max-load", "1.0", check_number, "load average of the minute before the run" },
	[NIGHT_MAX_RUNNING] = { "max-running", "2", check_count, "other tasks that run just before it" },
	[NIGHT_MAX_TEMPERATURE] = { "max-temperature", "70", check_number,
				    "degrees Celsius of the CPU before it" },
	[NIGHT_MIN_FREE] = { "min-free", "1G", check_bytes, "free disk space where the results go" },
	[NIGHT_BASELINE] = { "baseline", "last-good", check_text, "run or tag that the gate judges by" },
	[NIGHT_NIGHTS] = { "nights", NULL, check_nights, "the last so many nights instead of the baseline" },
	[NIGHT_THRESHOLD] = { "threshold", NULL, check_threshold,
			      "of the gate, 5% or WORKLOAD=3%; repeatable" },
	[NIGHT_ANCHOR_LIMIT] = { "anchor-limit", NULL, check_threshold,
				 "what may be lost since the anchor, as threshold" },
	[NIGHT_BLESS] = { "bless", "yes", check_yes,
			  "tag a pass, and the first night, last-good, if the run ended well" },
	[NIGHT_PUBLISH] = { "publish", NULL, check_text,
			    "directory for a copy of each report, and 'latest'" },
	[NIGHT_HOOK] = { "hook", NULL, check_text,
			 "shell command at the end; SCXBENCH_* describe the night" },
	[NIGHT_HOOK_LIMIT] = { "hook-limit", "10m", check_duration,
			       "the hook, or a copy to publish, is ended after: 10m" },
	[NIGHT_KEEP_DAYS] = { "keep-days", "365", check_count, "remove older runs without a tag; 0: none" },
	[NIGHT_KEEP_BYTES] = { "keep-bytes", NULL, check_bytes,
			       "then the oldest, until the rest takes at most 20G" },
};

const char *night_key_name(enum night_key key)
{
	return keys[key].name;
}

const char *night_key_help(enum night_key key)
{
	return keys[key].help;
}

const char *night_key_default(enum night_key key)
{
	return keys[key].fallback;
}

static char *trimmed(const char *from, const char *to)
{
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (from < to && isspace((unsigned char)to[-1]))
		to--;
	return mem_printf("%.*s", (int)(to - from), from);
}

/* NR_NIGHT_KEYS and the nearest name: unknown name. */
static enum night_key nightly_conf_find(struct nearest *n)
{
	enum night_key k = 0;

	for (; k < NR_NIGHT_KEYS && strcmp(keys[k].name, n->word); k++)
		nearest_try(n, keys[k].name);
	return k;
}

/* place is "FILE:LINE" or "-o". */
static int nightly_conf_add(struct night_conf *c, const char *place, const char *line, size_t len)
{
	const char *equals = memchr(line, '=', len);
	char *name = trimmed(line, equals ? equals : line + len);
	char *text = trimmed(equals ? equals + 1 : line + len, line + len);
	char *prefix = mem_printf("%s: %s", place, name);
	struct nearest near = { .word = name };
	enum night_key key = nightly_conf_find(&near);
	int err;

	if (!equals)
		err = log_err(-CAUSE_USAGE, "%s: '%s' is not 'key = value'", place, name);
	else if (key == NR_NIGHT_KEYS)
		err = log_err(-CAUSE_USAGE, "%s: unknown key '%s'%s 'scxbench nightly --help' lists them",
			      place, name, nearest_ask(&near));
	else
		err = keys[key].check(prefix, text);
	if (!err) {
		c->value = mem_grow(c->value, c->nr, sizeof(*c->value));
		c->value[c->nr++] = (struct night_value){ key, text };
		text = NULL;
	}
	free(prefix);
	free(name);
	free(text);
	return err;
}

static int add_line(struct night_conf *c, const char *place, const char *line, size_t len)
{
	const char *first = line + strspn(line, " \t\r");

	return first >= line + len || *first == '#' ? 0 : nightly_conf_add(c, place, line, len);
}

#define CONF_MAX ((size_t)1 << 20)

static int read_text(const char *path, char **text)
{
	size_t len;
	int err = fs_read_most(path, CONF_MAX, text, &len);

	if (err)
		return fs_unread(path, err);
	err = fs_check_text(path, *text, len);
	if (err)
		free(*text);
	return err;
}

int night_conf_read(struct night_conf *c, const char *path)
{
	char *text;
	int nr = 0, err = read_text(path, &text);

	if (err)
		return err;
	for (const char *line = text; *line && !err; line += *line == '\n') {
		size_t len = strcspn(line, "\n");
		char *place = mem_printf("%s:%d", path, ++nr);

		err = add_line(c, place, line, len);
		free(place);
		line += len;
	}
	free(text);
	return err;
}

int night_conf_option(struct night_conf *c, const char *text)
{
	return nightly_conf_add(c, "-o", text, strlen(text));
}

void night_conf_free(struct night_conf *c)
{
	for (size_t i = 0; i < c->nr; i++)
		free(c->value[i].text);
	free(c->value);
	*c = (struct night_conf){ 0 };
}

const char *night_conf_text(const struct night_conf *c, enum night_key key)
{
	for (size_t i = c->nr; i--;)
		if (c->value[i].key == key)
			return c->value[i].text;
	return keys[key].fallback;
}

double night_conf_number(const struct night_conf *c, enum night_key key)
{
	return strtod(night_conf_text(c, key), NULL);
}

double night_conf_seconds(const struct night_conf *c, enum night_key key)
{
	double seconds = 0;

	scan_duration(night_conf_text(c, key), &seconds);
	return seconds;
}

uint64_t night_conf_bytes(const struct night_conf *c, enum night_key key)
{
	const char *text = night_conf_text(c, key);
	uint64_t bytes = 0;

	return text && scan_bytes(text, &bytes) ? bytes : 0;
}
