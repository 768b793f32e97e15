/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/settings.h"
#include <fnmatch.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/fair.h"
#include "util/process.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* The place of a setting, and its words there. Of several places the first that exists counts. */
struct place {
	const char *pattern;
	struct {
		const char *word, *written;
	} as[3]; /* empty: written unchanged */
};

#define CPUFREQ "/sys/devices/system/cpu/cpufreq/"
#define POLICY CPUFREQ "policy*/"

static const struct setting {
	const char *name, *words; /* words: its values, besides keep; NULL: the machine lists them */
	const char *what;	  /* what a machine may lack; NULL: a missing setting is off */
	struct place place[2];
	/*
	 * What drivers alter with it and do not put back with it. It comes back after the setting, from the
	 * last to the first. Governor "performance" sets the energy preference, and refuses any other while
	 * it is on; a governor that goes forgets its own settings. Boost sets each policy's boost and limits.
	 */
	const char *altered[10];
} settings[NR_HOST_SETTINGS] = {
	[HOST_AUTOGROUP] = { "autogroup",
			     "off",
			     NULL,
			     { { "/proc/sys/kernel/sched_autogroup_enabled", { { "off", "0" } } } } },
	[HOST_GOVERNOR] = { "governor",
			    NULL,
			    "cpufreq governor",
			    { { POLICY "scaling_governor", { { 0 } } } },
			    { POLICY "energy_performance_preference", POLICY "scaling_setspeed",
			      POLICY "schedutil/*", POLICY "ondemand/*", POLICY "conservative/*",
			      CPUFREQ "schedutil/*", CPUFREQ "ondemand/*", CPUFREQ "conservative/*" } },
	/* After the governor, which may not allow it. */
	[HOST_EPP] = { "epp",
		       NULL,
		       "energy performance preference",
		       { { POLICY "energy_performance_preference", { { 0 } } } } },
	[HOST_TURBO] = { "turbo",
			 "on off",
			 "control of turbo",
			 { { "/sys/devices/system/cpu/intel_pstate/no_turbo",
			     { { "on", "0" }, { "off", "1" } } },
			   { CPUFREQ "boost", { { "on", "1" }, { "off", "0" } } } },
			 { POLICY "scaling_min_freq", POLICY "scaling_max_freq", POLICY "boost" } },
	[HOST_THP] = { "thp",
		       "always madvise never",
		       "transparent huge pages",
		       { { "/sys/kernel/mm/transparent_hugepage/enabled", { { 0 } } } } },
	[HOST_IRQBALANCE] = { "irqbalance",
			      "off",
			      NULL,
			      { { CHANGE_PROCESS "irqbalance", { { "off", PROCESS_STOPPED } } } } },
};

static bool is_word_of(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *w = words; len && (w = strstr(w, word)); w += len)
		if ((w == words || w[-1] == ' ') && (!w[len] || w[len] == ' '))
			return len;
	return false;
}

static const struct setting *settings_find(const char *name)
{
	for (int i = 0; i < NR_HOST_SETTINGS; i++)
		if (i != HOST_AUTOGROUP && !strcmp(settings[i].name, name))
			return &settings[i];
	return NULL;
}

const char *host_wish_set(struct host_wish *wish, const char *name, const char *value)
{
	const struct setting *s = settings_find(name);
	static char give[96];

	if (!s)
		return "give governor, epp, turbo, thp or irqbalance";
	if (!strcmp(value, "keep"))
		value = "";
	else if (s->words && !is_word_of(s->words, value))
		return snprintf(give, sizeof(give), "give one of: keep %s", s->words), give;
	else if (!*value || strlen(value) >= sizeof(wish->want[0]) || strpbrk(value, " \t\n"))
		return "give keep or a name that the machine offers";
	strcpy(wish->want[s - settings], value);
	return NULL;
}

static int parse_pair(struct host_wish *wish, char *pair)
{
	char *value = strchr(pair, '=');
	const char *give;

	if (value)
		*value++ = '\0';
	give = value ? host_wish_set(wish, pair, value) : "give SETTING=VALUE";
	return give ? log_err(-CAUSE_USAGE, "--host: '%s%s%s': %s", pair, value ? "=" : "",
			      value ? value : "", give)
		    : 0;
}

int host_wish_parse(struct host_wish *wish, const char *text)
{
	char *copy = mem_strdup(text), *save = NULL;
	int err = *text ? 0 : log_err(-CAUSE_USAGE, "--host: give SETTING=VALUE,...");

	for (char *pair = strtok_r(copy, ",", &save); pair && !err; pair = strtok_r(NULL, ",", &save))
		err = parse_pair(wish, pair);
	free(copy);
	return err;
}

static const char *written(const struct place *p, const char *want)
{
	for (int i = 0; i < 3 && p->as[i].word; i++)
		if (!strcmp(p->as[i].word, want))
			return p->as[i].written;
	return want;
}

/* What a cpufreq policy offers is listed in a file beside its present one. */
static int check_offered(const char *path, const char *want)
{
	static const struct {
		const char *file, *list, *what;
	} offers[] = { { "/scaling_governor", "/scaling_available_governors", "governor" },
		       { "/energy_performance_preference", "/energy_performance_available_preferences",
			 "energy performance preference" } };
	const char *name = strrchr(path, '/');
	int err = 0;

	for (size_t i = 0; i < sizeof(offers) / sizeof(*offers) && !err; i++) {
		char *list = mem_printf("%.*s%s", (int)(name - path), path, offers[i].list), *offered = NULL;

		if (!strcmp(name, offers[i].file) && !fs_read_line(list, &offered) &&
		    !is_word_of(offered, want))
			err = log_err(-CAUSE_USAGE, "this machine has no %s '%s': it offers %s",
				      offers[i].what, want, offered);
		free(offered);
		free(list);
	}
	return err;
}

static int plan_file(const char *path, const char *want, struct changes *out)
{
	const char *name = path + strlen(fs_sys("%s", ""));
	char *before;
	int err = change_read(name, &before);

	if (err)
		return log_err(err, "%s can't be read: %s", path, strerror(-err));
	err = check_offered(path, want);
	if (!err)
		changes_add(out, name, before, want);
	free(before);
	return err;
}

/* The number of such files or processes, or a negative errno, logged. */
static int plan_place(const struct place *p, const char *want, struct changes *out)
{
	const char *state;
	int nr = 0, err = 0;
	glob_t g;

	if (!strncmp(p->pattern, CHANGE_PROCESS, strlen(CHANGE_PROCESS))) {
		state = process_state(p->pattern + strlen(CHANGE_PROCESS));
		if (state)
			changes_add(out, p->pattern, state, written(p, want));
		return state != NULL;
	}
	if (glob(fs_sys("%s", p->pattern), 0, NULL, &g))
		return 0;
	for (; (size_t)nr < g.gl_pathc && !err; nr++)
		err = plan_file(g.gl_pathv[nr], written(p, want), out);
	globfree(&g);
	return err ? err : nr;
}

/* One that can't be read can't be put back either, nor what is not one value. */
static void keep_altered(const char *pattern, struct changes *out)
{
	glob_t g = { 0 };

	if (!glob(fs_sys("%s", pattern), 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++) {
			const char *name = g.gl_pathv[i] + strlen(fs_sys("%s", ""));
			char *value;

			if (!change_read(name, &value) && *value && !strpbrk(value, "\n\t"))
				changes_keep(out, name, value);
			free(value);
		}
	globfree(&g);
}

static int plan_setting(const struct setting *s, const char *want, struct changes *out)
{
	struct changes own = { 0 };
	int found = 0;

	for (int i = 0; i < 2 && s->place[i].pattern && !found; i++)
		found = plan_place(&s->place[i], want, &own);
	for (int i = 0; own.nr && s->altered[i]; i++)
		keep_altered(s->altered[i], out);
	changes_move(out, &own);
	if (!found && s->what)
		log_warn("this machine has no %s: %s is left as it is, not '%s'", s->what, s->name, want);
	return found < 0 ? found : 0;
}

static int guard_fair(const struct policy_spec *spec, struct changes *out)
{
	struct changes c = { 0 };
	int err = spec->kind == POLICY_FAIR ? fair_plan(spec, &c) : 0;

	for (size_t i = 0; i < c.nr; i++)
		changes_guard(out, c.change[i].path, c.change[i].before);
	changes_free(&c);
	return err;
}

bool settings_have(const char *path)
{
	for (int i = 0; i < NR_HOST_SETTINGS; i++) {
		for (int k = 0; k < 2 && settings[i].place[k].pattern; k++)
			if (!fnmatch(settings[i].place[k].pattern, path, FNM_PATHNAME))
				return true;
		for (int k = 0; settings[i].altered[k]; k++)
			if (!fnmatch(settings[i].altered[k], path, FNM_PATHNAME))
				return true;
	}
	return false;
}

int settings_plan(const struct host_wish *wish, struct changes *out)
{
	int err = plan_setting(&settings[HOST_AUTOGROUP], "off", out);

	for (int i = 0; wish && i < NR_HOST_SETTINGS && !err; i++)
		if (wish->want[i][0])
			err = plan_setting(&settings[i], wish->want[i], out);
	for (unsigned i = 0; wish && i < wish->nr_policies && !err; i++)
		err = guard_fair(&wish->policy[i], out);
	if (err)
		changes_free(out);
	return err;
}
