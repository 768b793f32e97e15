/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command line is read whole before anything is done; what is wrong with it is said and leaks nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "cli/command.h"

#define MAX_WORDS 16

struct options {
	const char *results, *plan;
	bool json, dry_run;
	unsigned verbose;
};

enum { OPT_VERBOSE = 256, OPT_REFUSED };

static const struct argp_option rows[] = {
	{ NULL, 0, NULL, 0, "First:", 1 },
	{ "plan", 'p', "PLAN", 0, "the plan", 1 },
	{ "dry-run", 'n', NULL, 0, "no run", 2 },
	{ "verbose", OPT_VERBOSE, NULL, 0, "more words", 2 },
	{ "refused", OPT_REFUSED, "TEXT", 0, "always wrong", 2 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		return state->child_inputs[1] = &o->json, 0;
	case 'p':
		return o->plan = arg, 0;
	case 'n':
		return o->dry_run = true, 0;
	case OPT_VERBOSE:
		return o->verbose++, 0;
	case OPT_REFUSED:
		return -CAUSE_CANT;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int call_nothing(struct call *call)
{
	return call->code;
}

static struct command command = {
	.name = "try",
	.summary = "try",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "A [B]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Tries." },
	.least = 1,
	.most = 2,
	.exits = "0 ok\n",
	.examples = "scxbench try\n",
	.run = call_nothing,
};

/* The words are copies: argp puts them in another order. */
struct line {
	char *word[MAX_WORDS + 2];
	struct call call;
	struct options o;
};

static bool parse_line(struct line *l, const char *text)
{
	static char copy[256];
	char *rest = strcpy(copy, text);

	*l = (struct line){ .call = { .command = &command, .argv = l->word } };
	l->word[l->call.argc++] = "try";
	for (char *word = strtok_r(rest, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		l->word[l->call.argc++] = word;
	return options_parse(&l->call, &l->o);
}

static void options_and_words_stand_in_any_order(void **state)
{
	struct line l;

	(void)state;
	assert_true(parse_line(&l, "one --plan demo -n two --json --verbose --results=here --verbose"));
	assert_string_equal(l.o.plan, "demo");
	assert_string_equal(l.o.results, "here");
	assert_true(l.o.dry_run && l.o.json && l.o.verbose == 2);
	assert_int_equal(l.call.nr_words, 2);
	assert_string_equal(l.call.word[0], "one");
	assert_string_equal(l.call.word[1], "two");
	assert_null(l.call.word[2]);
	assert_string_equal(l.call.argv[0], "try");
}

static void short_options_share_a_dash(void **state)
{
	struct line l;

	(void)state;
	assert_true(parse_line(&l, "-nr here one"));
	assert_true(l.o.dry_run);
	assert_string_equal(l.o.results, "here");
	assert_true(parse_line(&l, "-pdemo one"));
	assert_string_equal(l.o.plan, "demo");
}

static void a_value_may_look_like_an_option(void **state)
{
	struct line l;

	(void)state;
	assert_true(parse_line(&l, "--plan --nosuch one"));
	assert_string_equal(l.o.plan, "--nosuch");
	assert_true(parse_line(&l, "-p -x one"));
	assert_string_equal(l.o.plan, "-x");
	assert_true(parse_line(&l, "-- one --nosuch"));
	assert_string_equal(l.call.word[1], "--nosuch");
	assert_true(parse_line(&l, "-"));
	assert_string_equal(l.call.word[0], "-");
}

static void what_is_wrong_ends_with_2(void **state)
{
	static const char *const lines[] = { "one --nosuch",
					     "one --pla demo",
					     "one --plan",
					     "one -p",
					     "one --json=1",
					     "one -x",
					     "one -nx",
					     "one two three",
					     "one --refused x",
					     "--plan= --x",
					     "" };
	struct line l;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_false(parse_line(&l, lines[i]));
		assert_int_equal(l.call.code, EXIT_CODE_USAGE);
	}
}

static void what_is_passed_on_is_left_alone(void **state)
{
	struct line l;

	(void)state;
	command.passes_on = true;
	command.most = -1;
	assert_true(parse_line(&l, "-n one -- two --nosuch -p"));
	assert_true(l.o.dry_run && !l.o.plan);
	assert_int_equal(l.call.nr_words, 5);
	assert_string_equal(l.call.word[1], "--");
	assert_string_equal(l.call.word[3], "--nosuch");
	command.passes_on = false;
	command.most = 2;
}

static void rows_come_by_group_each_with_its_head_first(void **state)
{
	static const char *const names[] = { "results", "json",	   NULL,      "plan",
					     "dry-run", "verbose", "refused", "help" };
	const struct argp_option **row = options_of(&command);

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i])
			assert_string_equal(row[i]->name, names[i]);
		else
			assert_string_equal(row[i]->doc, "First:");
	assert_null(row[sizeof(names) / sizeof(*names)]);
	free(row);
}

static void every_command_has_all_that_help_is_made_from(void **state)
{
	unsigned nr = 0;

	(void)state;
	for (const struct command_entry *e = command_entries; e->title || e->command; e++) {
		const struct command *c = e->command;

		assert_true(!e->title || !c);
		if (!c)
			continue;
		nr++;
		assert_ptr_equal(command_find(c->name), c);
		assert_true(*c->summary && *c->argp.doc && *c->exits && *c->examples && c->run);
		assert_true(c->argp.args_doc || !c->most);
	}
	assert_true(nr > 15);
	assert_null(command_find("nosuch"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_words_stand_in_any_order),
		cmocka_unit_test(short_options_share_a_dash),
		cmocka_unit_test(a_value_may_look_like_an_option),
		cmocka_unit_test(what_is_wrong_ends_with_2),
		cmocka_unit_test(what_is_passed_on_is_left_alone),
		cmocka_unit_test(rows_come_by_group_each_with_its_head_first),
		cmocka_unit_test(every_command_has_all_that_help_is_made_from),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
