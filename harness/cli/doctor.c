/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cli/command.h"
#include "collect/env.h"
#include "host/needs.h"
#include "policy/policy.h"
#include "policy/kernel.h"
#include "text/grid.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/guest.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"

/* Takes found over. */
static void add_line(struct grid *g, const char *state, char *found)
{
	char **cell = grid_row(g, true, "native");

	cell[1] = mem_strdup(state);
	cell[2] = found;
}

static void add_finding(struct grid *g, const struct finding *f)
{
	static const char *const state[] = {
		[FINDING_OK] = "ok",	    [FINDING_MISSING] = "missing", [FINDING_UNSOUND] = "unsound",
		[FINDING_NO_POLICY] = "no", [FINDING_NO_SAMPLE] = "no",
	};

	add_line(g, state[f->level], mem_strdup(f->what));
	if (f->cure)
		add_line(g, "cure", mem_strdup(f->cure));
}

static void add_findings(struct grid *g, const struct findings *f)
{
	for (size_t i = 0; i < f->nr; i++)
		add_finding(g, &f->finding[i]);
}

/* The last proof: our simplest policy is loaded, not attached. */
static bool find_load(const struct topology *t, struct findings *f)
{
	const struct policy_setup setup = { .topology = t };
	struct policy *p = NULL;
	struct policy_spec spec;
	int err = policy_parse(home_dir(), "fifo", &spec);

	if (err) {
		findings_add(f, FINDING_NO_POLICY, "run 'make build'", "the policies are not built");
		return false;
	}
	err = policy_load(&spec, &setup, &p);
	policy_unload(p);
	policy_spec_free(&spec);
	if (err)
		findings_add(
			f, FINDING_NO_POLICY,
			"'scxbench doctor --load fifo' says why; the policies need Linux 6.19 or newer (older ones lack "
			"scx_bpf_task_set_slice())",
			"the kernel refuses the policy fifo");
	else
		findings_add(f, FINDING_OK, NULL, "sched_ext policies load");
	return !err;
}

/* All that is there or not, worst and best, in one look. */
static bool find_native(const struct topology *t, struct findings *f)
{
	struct utsname u;
	bool can;

	uname(&u);
	findings_add(f, FINDING_OK, NULL, "Linux %s (%s)%s%s", u.release, env_fair_here(),
		     *env_hypervisor() ? " under " : "", env_hypervisor());
	host_needs(f);
	can = findings_worst(f) < FINDING_NO_POLICY && find_load(t, f);
	if (kernel_custody_is_exact())
		findings_add(f, FINDING_OK, NULL, "custody semantics");
	return can;
}

/* Prints lines of its own; whether it found all well. */
static bool run_script(const char *script, const char *option)
{
	struct child c = { 0 };

	fflush(stdout);
	child_arg(&c, "sh");
	child_arg(&c, script);
	child_arg(&c, option);
	return !child_run(&c, NULL);
}

/* What a run calls is in the table that the build reads, too. */
static void look_tools(void)
{
	char *script = mem_printf("%s/harness/lab/doctor.sh", home_dir());

	if (fs_exists(script))
		run_script(script, "--tools");
	free(script);
}

static bool look_native(const struct topology *t)
{
	/* As wide as the lab's own lines, which come next. */
	static const struct grid_column columns[] = { { NULL, GRID_TEXT, 6 },
						      { NULL, GRID_TEXT, 7 },
						      { NULL, GRID_PROSE, 0 } };
	struct findings f = { 0 };
	struct grid g;
	bool can = find_native(t, &f);

	grid_begin(&g, columns, 3);
	add_findings(&g, &f);
	grid_print(&g);
	grid_free(&g);
	findings_free(&f);
	look_tools();
	return can;
}

/* The lab's own check needs the tree that this program was built in. */
static bool look_lab(void)
{
	char *script = mem_printf("%s/../../harness/lab/doctor.sh", home_dir());
	bool is_here = fs_exists(script);
	bool can = is_here && run_script(script, "--lab");

	if (!is_here)
		printf("lab     no       the lab's scripts are not here: call 'make doctor' in the source tree\n");
	free(script);
	return can;
}

/* The verifier's log stays where the policy is refused. */
static int doctor_load(const struct topology *t, const char *name)
{
	char log[] = "/tmp/scxbench-load.XXXXXX";
	const struct policy_setup setup = { .topology = t, .log_path = log };
	struct policy *policy = NULL;
	struct policy_spec spec;
	int err = policy_parse(home_dir(), name, &spec), fd;

	if (err)
		return exit_code_of(err);
	fd = mkostemp(log, O_CLOEXEC);
	if (fd < 0) {
		policy_spec_free(&spec);
		return exit_code_of(log_err(-errno, "no file for the verifier's log in /tmp: %m"));
	}
	close(fd);
	err = policy_load(&spec, &setup, &policy);
	if (!err && policy_unset(policy))
		log_warn("%s is without its own program: %s", name, policy_unset(policy));
	policy_unload(policy);
	policy_spec_free(&spec);
	if (!err)
		printf("%s loads\n", name);
	return exit_code_of(err);
}

struct options {
	bool native, load;
};

enum { OPT_NATIVE = 256, OPT_LOAD };

static const struct argp_option rows[] = {
	{ "native", OPT_NATIVE, NULL, 0, "check only this machine, not the lab", 0 },
	{ "load", OPT_LOAD, NULL, 0,
	  "load POLICY (default: fifo) without attaching it, and check nothing else", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	(void)arg;
	switch (key) {
	case OPT_NATIVE:
		return o->native = true, 0;
	case OPT_LOAD:
		return o->load = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int doctor_look(const struct topology *t, bool only_native)
{
	bool can = look_native(t);

	if (!only_native)
		can |= look_lab();
	return can ? EXIT_CODE_OK : EXIT_CODE_CANT;
}

static int call_doctor(struct call *call)
{
	struct options o = { 0 };
	struct topology t;
	int code;

	if (!options_parse(call, &o))
		return call->code;
	if (call->nr_words && !o.load)
		return exit_code_of(options_wrong(call->command, "POLICY goes with --load"));
	if (o.load && guest_ahead())
		return EXIT_CODE_GUEST;
	if (topology_load(NULL, &t))
		return EXIT_CODE_CANT;
	code = o.load ? doctor_load(&t, call->word[0] ? call->word[0] : "fifo") : doctor_look(&t, o.native);
	topology_free(&t);
	return code;
}

const struct command cmd_doctor = {
	.name = "doctor",
	.summary = "find what this machine lacks to run policies, and the cure",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "[POLICY]",
		  .doc = "Lists what this machine lacks to run policies, natively and in the lab, and "
			 "how to get it. It changes nothing." },
	.kernel = KERNEL_CHECKED,
	.most = 1,
	.exits = "0 policies can run here, or in the lab\n1 the policy does not load\n2 usage\n3 they "
		 "can run in neither\n",
	.examples = "scxbench doctor\nscxbench doctor --load vtime\n",
	.run = call_doctor,
};
