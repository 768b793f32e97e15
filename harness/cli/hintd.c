/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The broker of hints, in the foreground. */
#include <grp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "control/hints.h"
#include "control/scxbench-hint.h"
#include "host/state_dir.h"
#include "policy/policy.h"
#include "util/guest.h"
#include "util/interrupt.h"
#include "util/log.h"

/* Without a policy there may be one later. */
static int check_scx(void)
{
	struct scx_state now;

	scx_state_read(&now);
	if (!now.present)
		return log_err(-CAUSE_CANT, "this kernel has no sched_ext: see 'scxbench doctor'");
	if (strcmp(now.state, "enabled"))
		log_info("no policy is attached: until one is, hints are refused");
	return 0;
}

static int hintd_serve(const char *path, gid_t group)
{
	sigset_t signals, before;
	struct hints *h;
	int err;

	err = check_scx();
	if (!err)
		err = state_dir_make();
	if (!err)
		err = hints_listen(path, group, &h);
	if (err)
		return exit_code_of(err);
	interrupt_signals(&signals);
	sigprocmask(SIG_BLOCK, &signals, &before);
	interrupt_catch();
	log_info("listening at %s", path);
	while (!interrupted())
		hints_serve(h, &before);
	hints_end(h);
	return EXIT_CODE_OK;
}

struct options {
	const char *group, *path;
};

enum { OPT_GROUP = 256, OPT_SOCKET };

static const struct argp_option rows[] = {
	{ "group", OPT_GROUP, "GROUP", 0, "required: the members of this group may give hints", 0 },
	{ "socket", OPT_SOCKET, "PATH", 0, "where it listens (default: " SCXBENCH_HINT_SOCKET ")", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case OPT_GROUP:
		return o->group = arg, 0;
	case OPT_SOCKET:
		return o->path = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int call_hintd(struct call *call)
{
	struct options o = { .path = SCXBENCH_HINT_SOCKET };
	struct group *group;

	if (!options_parse(call, &o))
		return call->code;
	if (!o.group)
		return exit_code_of(
			options_wrong(call->command, "give --group GROUP: its members may give hints"));
	group = getgrnam(o.group);
	if (!group)
		return exit_code_of(log_err(-CAUSE_NOT_FOUND, "unknown group '%s'", o.group));
	if (guest_ahead())
		return EXIT_CODE_GUEST;
	if (geteuid())
		return exit_code_of(
			log_err(-CAUSE_CANT, "only root may use the maps of a policy: run it with sudo"));
	return hintd_serve(o.path, group->gr_gid);
}

const struct command cmd_hintd = {
	.name = "hintd",
	.summary = "take hints from programs about their own threads",
	.argp = { .options = rows,
		  .parser = take_option,
		  .doc = "Takes hints of programs about their own threads (latency-sensitive, batch, "
			 "same cache as another thread) for the attached sched_ext policy. A hint buys "
			 "no CPU time and changes no rule of 'scxbench ctl', which lists the hints that "
			 "the policy has a use for. A program copies "
			 "harness/control/scxbench-hint.h and calls scxbench_hint(). Runs as root, "
			 "until interrupted." },
	.kernel = KERNEL_CHECKED,
	.exits = "0 interrupted, which is how it ends\n2 usage, or PATH is not a socket\n3 not root, no "
		 "sched_ext, or the socket can't be made\n",
	.examples = "scxbench hintd --group audio\n"
		    "scxbench hintd --group audio --socket /tmp/hint.sock\n",
	.run = call_hintd,
};
