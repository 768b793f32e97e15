/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "cli/command.h"
#include "collect/env.h"
#include "policy/policy.h"
#include "policy/kernel.h"
#include "policy/probe.h"
#include "text/grid.h"
#include "util/fs.h"
#include "util/home.h"
#include "util/mem.h"

/* Takes found over. */
static void add_line(struct grid *g, const char *state, char *found)
{
	char **cell = grid_row(g, true, "native");

	cell[1] = mem_strdup(state);
	cell[2] = found;
}

static void add_part(struct grid *g, const char *what, bool good, const char *use)
{
	add_line(g, good ? "ok" : "missing", mem_printf("%s: %s", what, use));
}

/* What a run could do without, but would miss. */
static void add_optional_parts(struct grid *g)
{
	static const struct {
		const char *program, *use;
	} tool[] = {
		{ "cyclictest", "workload cyclictest: install rt-tests" },
		{ "hackbench", "workload hackbench: install rt-tests" },
		{ "gcc", "workload build: install gcc" },
		{ "make", "workload build: install make" },
		{ "perf", "perf events: install linux-perf" },
		{ "gnuplot", "pictures: install gnuplot-nox" },
	};
	char command[128];

	for (size_t i = 0; i < sizeof(tool) / sizeof(*tool); i++) {
		snprintf(command, sizeof(command), "command -v %s >/dev/null", tool[i].program);
		add_part(g, tool[i].program, !system(command), tool[i].use);
	}
}

static void add_native(struct grid *g, enum probe p)
{
	const char *state = p == PROBE_OK ? "ok" : "no";
	struct utsname u;

	uname(&u);
	add_line(g, state,
		 mem_printf("Linux %s (%s)%s%s", u.release, env_fair_here(),
			    *env_hypervisor() ? " under " : "", env_hypervisor()));
	add_line(g, state, mem_strdup(probe_name(p)));
	if (p != PROBE_OK) {
		add_line(g, "cure", mem_strdup(probe_cure(p)));
		return;
	}
	add_part(g, "custody semantics", kernel_custody_is_exact(),
		 "Linux 7.1 or newer; on older ones the ledger infers exits");
	add_optional_parts(g);
}

static bool look_native(const struct topology *t)
{
	/* As wide as the lab's own lines, which come next. */
	static const struct grid_column columns[] = { { NULL, GRID_TEXT, 6 },
						      { NULL, GRID_TEXT, 7 },
						      { NULL, GRID_PROSE, 0 } };
	enum probe p = probe_policies(home_dir(), t, NULL);
	struct grid g;

	grid_begin(&g, columns, 3);
	add_native(&g, p);
	grid_print(&g);
	grid_free(&g);
	return p == PROBE_OK;
}

/* The lab's own check is a script beside the tree that this program was built in. */
static bool look_lab(void)
{
	char *script = mem_printf("%s/../../harness/lab/doctor.sh", home_dir());
	char *command = mem_printf("'%s' --lab", script);
	bool is_here = fs_exists(script);
	int status;

	if (!is_here)
		printf("lab     no       the lab's scripts are not here: call 'make doctor' in the source tree\n");
	fflush(stdout);
	status = is_here ? system(command) : -1;
	free(script);
	free(command);
	return is_here && WIFEXITED(status) && !WEXITSTATUS(status);
}

static int doctor_load(const struct topology *t, const char *name)
{
	const struct policy_setup setup = { .topology = t, .log_path = "/dev/null" };
	struct policy *policy = NULL;
	struct policy_spec spec;
	int err = policy_parse(home_dir(), name, &spec);

	if (err)
		return exit_code_of(err);
	err = policy_load(&spec, &setup, &policy);
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
	.most = 1,
	.exits = "0 policies can run here, or in the lab\n1 the policy does not load\n2 usage\n3 they "
		 "can run in neither\n",
	.examples = "scxbench doctor\nscxbench doctor --load vtime\n",
	.run = call_doctor,
};
