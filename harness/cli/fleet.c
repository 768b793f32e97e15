/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many machines: one answer, a gate, and runs by Slurm. */
#include "cli/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "cli/run_options.h"
#include "fleet/campaign.h"
#include "judge/members.h"
#include "judge/regress.h"
#include "store/store.h"
#include "util/cause.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/parse.h"

enum {
	OPT_PLAN = 256,
	OPT_MARGIN,
	OPT_BLESS,
	OPT_HOSTS,
	OPT_PARTITION,
	OPT_ID,
	OPT_SEED,
	OPT_BENCH,
	OPT_PROGRAM,
	OPT_RESUME
};

static const struct argp_option rows[] = {
	{ "plan", OPT_PLAN, "PLAN", 0,
	  "runs of this plan (default: that of the latest comparison); run: the plan", 1 },
	{ NULL, 0, NULL, 0, "answer and gate:", 2 },
	{ "margin", OPT_MARGIN, "SHARE", 0, "margin of equivalence (default: 2%)", 2 },
	{ "baseline", 'b', "TAG", 0, "the tag of the runs to compare with (default: " REGRESS_LAST_GOOD ")",
	  2 },
	{ "threshold", 't', "SHARE", 0, "how much worse is still good (default: 5%)", 2 },
	{ "bless", OPT_BLESS, NULL, 0,
	  "tag the runs " REGRESS_LAST_GOOD
	  " when the gate passes; unless it fails, those of machines without a baseline",
	  2 },
	{ NULL, 0, NULL, 0, "run:", 3 },
	{ "hosts", OPT_HOSTS, "N", 0, "how many tasks, a node for itself each", 3 },
	{ "partition", OPT_PARTITION, "NAME", 0, "of Slurm (default: its own)", 3 },
	{ "id", OPT_ID, "ID", 0, "a name for it (default: of the time)", 3 },
	{ "seed", OPT_SEED, "N", 0, "task K has seed N + K (default: of the time)", 3 },
	{ "bench", OPT_BENCH, "OPTION", 0, "an option of bench, as in --bench=--blocks=6; repeatable", 3 },
	{ "program", OPT_PROGRAM, "PATH", 0, "that measures, as the nodes find it (default: this one)", 3 },
	{ "resume", OPT_RESUME, "ID", 0,
	  "start the stopped tasks of that run again, each on the node where it was", 3 },
	{ 0 },
};

int fleet_over(const struct fleet_options *o,
	       int (*show)(const struct fleet_options *, struct store *, const struct members *))
{
	struct store *store = NULL;
	struct members m = { 0 };
	int err = store_open_in(o->results, STORE_READ, &store);

	if (!err)
		err = members_load(store, &(struct members_ask){ .plan = o->plan }, &m);
	if (!err)
		err = show(o, store, &m);
	members_free(&m);
	store_close(store);
	return exit_code_of(err);
}

static int add_bench(struct fleet_options *o, char *option)
{
	o->bench = mem_resize(o->bench, (o->nr_bench + 2) * sizeof(*o->bench));
	o->bench[o->nr_bench++] = option;
	o->bench[o->nr_bench] = NULL;
	return 0;
}

static error_t take_run_option(int key, char *arg, struct fleet_options *o)
{
	o->used |= key >= OPT_HOSTS && key <= OPT_RESUME ? 1u << FLEET_RUN : 0;
	switch (key) {
	case OPT_HOSTS:
		return parse_count("--hosts", arg, (struct counts){ 1, CAMPAIGN_MAX_HOSTS }, &o->hosts);
	case OPT_SEED:
		return parse_count("--seed", arg, (struct counts){ 1, CAMPAIGN_MAX_SEED }, &o->seed);
	case OPT_PARTITION:
		return o->partition = arg, 0;
	case OPT_ID:
		return run_option_id(o->id = arg);
	case OPT_BENCH:
		return add_bench(o, arg);
	case OPT_PROGRAM:
		return o->program = arg, 0;
	case OPT_RESUME:
		return o->resume = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t fleet_take(int key, char *arg, struct argp_state *state)
{
	struct fleet_options *o = state->input;

	o->used |= key == OPT_MARGIN				  ? 1u << FLEET_ANSWER
		   : key == 'b' || key == 't' || key == OPT_BLESS ? 1u << FLEET_GATE
								  : 0;
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
		return take_run_option(key, arg, o);
	}
}

/* Words beside the verb; most -1: Slurm's options. */
static const struct verb {
	const char *name;
	int (*call)(const struct fleet_options *o);
	int most;
} verbs[] = {
	[FLEET_ANSWER] = { "answer", fleet_call_answer, 0 },
	[FLEET_GATE] = { "gate", fleet_call_gate, 0 },
	[FLEET_HISTORY] = { "history", fleet_call_history, 0 },
	[FLEET_RUN] = { "run", fleet_call_run, -1 },
	[FLEET_STATUS] = { "status", fleet_call_status, 1 },
	[FLEET_COLLECT] = { "collect", fleet_call_collect, 1 },
	[FLEET_CANCEL] = { "cancel", fleet_call_cancel, 1 },
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

/* An option of another verb would do nothing. */
static int check_options(const struct call *call, const struct verb *verb, unsigned used)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (used & 1u << i && &verbs[i] != verb)
			return options_wrong(call->command, "'%s' takes no option of '%s'", verb->name,
					     verbs[i].name);
	return 0;
}

static int call_verb(struct call *call, struct fleet_options *o)
{
	const struct verb *verb = find_verb(call);

	if (!verb || check_options(call, verb, o->used))
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

	int code = options_parse(call, &o) ? call_verb(call, &o) : call->code;

	free(o.bench);
	return code;
}

const struct command cmd_fleet = {
	.name = "fleet",
	.summary = "one answer from many machines, and runs on them by Slurm",
	.argp = { .options = rows,
		  .parser = fleet_take,
		  .args_doc =
			  "answer\ngate\nhistory\nrun [-- SBATCH_OPTION...]\nstatus [ID]\ncollect [ID]\ncancel [ID]",
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
			 "policy ejected on one machine, fails it. A class that can't be compared, or too many "
			 "machines without a baseline, is no pass.\n\n"
			 "'history' shows the fleet night by night, and where its level changed.\n\n"
			 "'run' submits one array job to Slurm: the same plan on N nodes, each alone, with another seed; "
			 "what follows '--' are options of sbatch (time, memory, reservation). DIR must be on a file system "
			 "that the nodes share. A task that Slurm starts again goes on with its run. 'collect' takes all "
			 "samples that ended into DIR/scxbench.db, as often as you like; 'status' only looks." },
	.most = -1,
	.exits = "0 answered, the gate passes, or all tasks are done\n"
		 "1 the gate: a class of machines shows harm; or a task stopped before its end\n"
		 "2 usage, or no such run\n"
		 "3 there is no Slurm here, or what a task left is damaged\n"
		 "4 fewer than 3 machines; the gate: not shown, or no baseline yet; tasks go on\n",
	.examples = "scxbench fleet run --hosts 10 --plan nightly -- --time=4:00:00\n"
		    "scxbench fleet answer\n"
		    "scxbench fleet gate --bless\n",
	.run = call_fleet,
};
