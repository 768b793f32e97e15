/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What operations cost in instructions. The lab's script does it (harness/lab/exact.sh), wherever the program
 * runs: this is its options, which it reads again when they are right.
 */
#include <string.h>

#include "cli/command.h"
#include "util/cause.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/parse.h"

struct options {
	const char *baseline;
	double allowed;
	uint64_t seed;
};

enum { OPT_BASELINE = 256, OPT_ALLOW, OPT_SEED };

static const struct argp_option rows[] = {
	{ "baseline", OPT_BASELINE, "OLD", 0, "the policy that NEW is compared with; needed", 0 },
	{ "allow", OPT_ALLOW, "P", 0,
	  "how much more NEW may need, as in 0.5% (default: 1%); a timer or a fork twice that", 0 },
	{ "workload", 'w', "WORKLOAD", 0,
	  "one of exact-...; repeatable (default: pipe, yield-10, timer, fork, change)", 0 },
	{ "seed", OPT_SEED, "N", 0, "of the guest (default: 1)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case OPT_BASELINE:
		return o->baseline = arg, 0;
	case OPT_ALLOW:
		return parse_percent("--allow", arg, (struct range){ 0, 100 }, &o->allowed);
	case 'w':
		return strncmp(arg, "exact-", 6)
			       ? log_err(-CAUSE_USAGE,
					 "'%s' does not count: give an exact-... of 'scxbench list'", arg)
			       : 0;
	case OPT_SEED:
		return parse_count("--seed", arg, (struct counts){ 0, UINT32_MAX }, &o->seed);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int call_exact(struct call *call)
{
	struct options o = { 0 };

	if (!options_parse(call, &o))
		return call->code;
	if (!o.baseline)
		return exit_code_of(options_wrong(call->command, "--baseline OLD is missing"));
	if (guest_ahead())
		return EXIT_CODE_GUEST;
	return exit_code_of(log_err(-CAUSE_CANT,
				    "instructions are counted in the lab, which is part of the source tree: "
				    "run .build/scxbench there"));
}

const struct command cmd_exact = {
	.name = "exact",
	.summary = "check that a policy needs no more instructions than another",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "NEW",
		  .doc = "Counts what single operations (a switch, a wakeup, a fork) cost under both policies, in "
			 "instructions: exactly, without noise, on any machine that can emulate the lab. Prints "
			 "what differs. Policies are named as for 'scxbench bench'.\n\n"
			 "It says how long paths are, and nothing of caches, waiting or speed. 'make exact' "
			 "compares more policies, over several seeds, and stores the run." },
	.kernel = KERNEL_CHECKED,
	.least = 1,
	.most = 1,
	.exits = "0 NEW needs at most so much more in every workload\n"
		 "1 it needs more, or a sample is not good\n"
		 "2 usage\n"
		 "3 this machine can't\n",
	.examples = "scxbench exact --baseline old/mine.bpf.o mine.bpf.o\n"
		    "scxbench exact --baseline fifo --allow 0.5% fifo:slice_us=500\n",
	.run = call_exact,
};
