/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many machines: one answer, a gate, and runs by Slurm. */
#include "cli/fleet.h"

#include <string.h>
#include "judge/regress.h"
#include "util/cause.h"
#include "util/nearest.h"
#include "util/parse.h"

enum { OPT_PLAN = 256, OPT_MARGIN, OPT_BLESS };

static const struct argp_option rows[] = {
	{ "plan", OPT_PLAN, "PLAN", 0, "runs of this plan (default: that of the latest comparison)", 1 },
	{ "margin", OPT_MARGIN, "SHARE", 0, "answer: margin of equivalence (default: 2%)", 1 },
	{ "baseline", 'b', "TAG", 0,
	  "gate: the tag of the runs to compare with (default: " REGRESS_LAST_GOOD ")", 1 },
	{ "threshold", 't', "SHARE", 0, "gate: how much worse is still good (default: 5%)", 1 },
	{ "bless", OPT_BLESS, NULL, 0, "gate: tag the runs " REGRESS_LAST_GOOD " when it passes", 1 },
	{ 0 },
};

static error_t fleet_take(int key, char *arg, struct argp_state *state)
{
	struct fleet_options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		return state->child_inputs[1] = &o->json, 0;
	case OPT_PLAN:
		return o->plan = arg, 0;
	case OPT_MARGIN:
		return parse_percent("--margin", arg, (struct range){ 0.01, 100 }, &o->margin);
	case 'b':
		return o->baseline = arg, 0;
	case 't':
		return parse_percent("--threshold", arg, (struct range){ 0.01, 100 }, &o->threshold);
	case OPT_BLESS:
		return o->bless = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Words beside the verb; most -1: Slurm's options. */
static const struct verb {
	const char *name;
	int (*call)(const struct fleet_options *o);
	int most;
} verbs[] = {
	{ "answer", fleet_call_answer, 0 },
	{ "gate", fleet_call_gate, 0 },
	{ "history", fleet_call_history, 0 },
};

static const struct verb *find_verb(const struct call *call)
{
	struct nearest near = { .word = call->word[0] };

	if (!near.word) {
		options_wrong(call->command, "say what: 'fleet answer', for one");
		return NULL;
	}
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		if (!strcmp(verbs[i].name, call->word[0]))
			return &verbs[i];
		nearest_try(&near, verbs[i].name);
	}
	options_wrong(call->command, "no such thing as '%s'%s", call->word[0], nearest_ask(&near));
	return NULL;
}

static int call_verb(struct call *call, struct fleet_options *o)
{
	const struct verb *verb = find_verb(call);

	if (!verb)
		return EXIT_CODE_USAGE;
	o->words = call->word + 1;
	if (verb->most >= 0 && call->nr_words - 1 > verb->most) {
		options_wrong(call->command, "unexpected word '%s'", call->word[1 + verb->most]);
		return EXIT_CODE_USAGE;
	}
	return verb->call(o);
}

static int call_fleet(struct call *call)
{
	struct fleet_options o = { 0 };

	return options_parse(call, &o) ? call_verb(call, &o) : call->code;
}

const struct command cmd_fleet = {
	.name = "fleet",
	.summary = "one answer from many machines",
	.argp = { .options = rows,
		  .parser = fleet_take,
		  .args_doc = "answer\ngate\nhistory",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "'answer' takes the latest run of each machine in the store. A machine is one value, however "
			 "many samples it has: the ratio of each policy to fair, its interval over machines, how far these "
			 "lie apart, what another machine would show, and what it would be without any one of them. "
			 "Classes of machines (CPU model, topology) are judged apart, and machines that disagree are "
			 "named, with what is otherwise there. It also writes DIR/report/fleet.html.\n\n"
			 "'gate' compares each machine's latest run with its baseline. It passes only if every class of "
			 "machines, and all together, are shown to be at most the threshold worse; harm to one class, or a "
			 "policy ejected on one machine, fails it.\n\n"
			 "'history' shows the fleet night by night, and where its level changed." },
	.most = -1,
	.exits = "0 answered, or the gate passes\n"
		 "1 the gate: a class of machines shows harm\n"
		 "2 usage, or no such run\n"
		 "4 fewer than 3 machines; the gate: not shown, or no baseline yet\n",
	.examples = "scxbench import host-*.db\nscxbench fleet answer\nscxbench fleet gate --bless\n",
	.run = call_fleet,
};
