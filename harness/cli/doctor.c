/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "cli/cli.h"
#include "collect/env.h"
#include "policy/policy.h"
#include "policy/probe.h"
#include "util/fs.h"
#include "util/log.h"

static const char help[] =
	"usage: scxbench doctor [--native] | --load [POLICY]\n\n"
	"Names what this machine lacks to run policies, natively and in the lab, and the cure.\n\n"
	"  --native         the native part alone\n"
	"  --load [POLICY]  load a policy (default: fifo) without attaching it\n";

static void line(const char *what, bool good, const char *found)
{
	printf("native  %-8s %s: %s\n", good ? "ok" : "missing", what, found);
}

/* What a run could do without, but would miss. */
static void optional_parts(void)
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
		line(tool[i].program, !system(command), tool[i].use);
	}
}

static bool native(const struct topology *t)
{
	enum probe p = probe_policies(home_dir(), t, NULL);
	struct utsname u;

	uname(&u);
	printf("native  %-8s Linux %s (%s)%s%s\n", p == PROBE_OK ? "ok" : "no", u.release,
	       env_fair_name(u.release), *env_hypervisor() ? " under " : "", env_hypervisor());
	printf("native  %-8s %s\n", p == PROBE_OK ? "ok" : "no", probe_name(p));
	if (p != PROBE_OK) {
		printf("native  cure     %s\n", probe_cure(p));
		return false;
	}
	line("custody semantics", probe_custody_is_exact(),
	     "Linux 7.1 or newer; the ledger infers on older ones");
	optional_parts();
	return true;
}

/* The lab's own check is a script beside the tree that this program was built in. */
static bool lab(void)
{
	char script[4200], command[4300];
	int status;

	snprintf(script, sizeof(script), "%s/../../harness/lab/doctor.sh", home_dir());
	if (!fs_exists(script)) {
		printf("lab     no       the lab's scripts are not here: call 'make doctor' in the source tree\n");
		return false;
	}
	fflush(stdout);
	snprintf(command, sizeof(command), "'%s' --lab", script);
	status = system(command);
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

static int load(const struct topology *t, const char *name)
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
	return err == -EINVAL ? EXIT_CODE_FAILED : exit_code_of(err);
}

int cmd_doctor(int argc, char **argv)
{
	static const struct option options[] = { { "native", no_argument, NULL, 'n' },
						 { "load", no_argument, NULL, 'l' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	bool only_native = false, only_load = false, can;
	struct topology t;
	int opt, code;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt == '?')
			return EXIT_CODE_USAGE;
		only_native |= opt == 'n';
		only_load |= opt == 'l';
	}
	if (topology_load(NULL, &t))
		return EXIT_CODE_CANT;
	if (only_load) {
		code = load(&t, optind < argc ? argv[optind] : "fifo");
	} else {
		can = native(&t);
		if (!only_native)
			can |= lab();
		code = can ? EXIT_CODE_OK : EXIT_CODE_CANT;
	}
	topology_free(&t);
	return code;
}
