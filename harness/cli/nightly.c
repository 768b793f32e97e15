/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "cli/command.h"
#include "nightly/nightly.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/mem.h"

#define CONF "/etc/scxbench/nightly.conf"

struct options {
	struct night_conf given; /* by -o */
	const char *path;
	bool check, restore;
};

enum { OPT_CHECK = 256, OPT_RESTORE };

static const struct argp_option rows[] = {
	{ "config", 'c', "FILE", 0, "lines 'key = value' (default: " CONF ", where it exists)", 0 },
	{ NULL, 'o', "KEY=VALUE", 0, "set one key, whatever the file says; repeatable", 0 },
	{ "check", OPT_CHECK, NULL, 0, "only show whether the machine is fit and the settings are valid", 0 },
	{ "restore", OPT_RESTORE, NULL, 0, "only restore the machine's settings after a run that was killed",
	  0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case 'c':
		return o->path = arg, 0;
	case 'o':
		return night_conf_option(&o->given, arg);
	case OPT_CHECK:
		return o->check = true, 0;
	case OPT_RESTORE:
		return o->restore = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The file first, so that options win. */
static int read_conf(struct night_conf *c, const struct options *o)
{
	const char *usual = fs_sys(CONF);
	int err = 0;

	if (o->path || fs_exists(usual))
		err = night_trust_file(o->path ? o->path : usual)
			      ?: night_conf_read(c, o->path ? o->path : usual);
	for (size_t i = 0; i < o->given.nr && !err; i++) {
		char *text =
			mem_printf("%s=%s", night_key_name(o->given.value[i].key), o->given.value[i].text);

		err = night_conf_option(c, text);
		free(text);
	}
	return err ? err : night_trust(c);
}

static int take_night(const struct options *o)
{
	struct night n = { 0 };
	int err = read_conf(&n.conf, o), code;

	if (!err)
		night_take_conf(&n);
	code = err ? exit_code_of(err) : o->check ? night_check(&n) : night_pass(&n);
	night_conf_free(&n.conf);
	return code;
}

static int call_nightly(struct call *call)
{
	struct options o = { 0 };
	int code;

	if (!options_parse(call, &o))
		code = call->code;
	else if (guest_ahead())
		code = exit_code_of(log_err(
			-CAUSE_CANT, "a night measures a machine natively: 'sudo make install' on one with "
				     "sched_ext; 'scxbench bench' measures in the lab"));
	else
		code = o.restore ? exit_code_of(host_recover()) : take_night(&o);
	night_conf_free(&o.given);
	return code;
}

static char *list_keys(void)
{
	struct buf b = { 0 };

	buf_put(&b, "Keys:\n");
	for (enum night_key k = 0; k < NR_NIGHT_KEYS; k++) {
		const char *fallback = night_key_default(k);

		buf_printf(&b, "  %-16s %s", night_key_name(k), night_key_help(k));
		buf_printf(&b, fallback ? " (default: %s)\n" : "\n", fallback);
	}
	return buf_take(&b);
}

const struct command cmd_nightly = {
	.name = "nightly",
	.summary = "measure a machine every night: check, bench, judge, publish, tidy up",
	.argp = { .options = rows,
		  .parser = take_option,
		  .doc = "Takes the nightly run of a machine. It checks whether the machine is fit to "
			 "be measured, sets it up for the run, takes the run, and restores the "
			 "settings. Then it judges the run against a baseline, makes the report and "
			 "publishes it, runs a hook, and removes old runs." },
	.takes_nights = true,
	.more = list_keys,
	.exits =
		"0 pass\n"
		"1 a regression, a level that the history shows to be worse since tonight, or something failed\n"
		"2 usage\n"
		"3 the machine is not fit\n"
		"4 inconclusive; so are the first seven nights, of which the first becomes the baseline\n"
		"130 interrupted; what ended is kept\n",
	.examples = "scxbench nightly --check\n"
		    "scxbench nightly -o blocks=6 -o results=/tmp/x\n"
		    "scxbench nightly --restore\n",
	.run = call_nightly,
};
