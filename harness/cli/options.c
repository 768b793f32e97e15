/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words are looked at before argp reads them. So each fault is named in our own words, with the command
 * and what to do, and an option is given by its whole name: a part of it would mean another thing as soon as
 * there is another option that begins so.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "util/guest.h"
#include "util/mem.h"
#include "util/nearest.h"

int options_wrong(const struct command *c, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fprintf(stderr, "scxbench %s: %s%s See 'scxbench %s --help'\n", c->name, text,
		text[strlen(text) - 1] == '?' ? "" : ".", c->name);
	return -CAUSE_USAGE;
}

static const struct argp_option help_row[] = { { "help", 'h', NULL, 0, "print this help", -1 }, { 0 } };

struct row_list {
	const struct argp_option **row;
	size_t nr;
};

static void rows_gather(struct row_list *l, const struct argp *argp)
{
	for (const struct argp_option *o = argp->options; o && (o->name || o->key || o->doc); o++) {
		l->row = mem_grow(l->row, l->nr, sizeof(*l->row));
		l->row[l->nr++] = o;
	}
	for (const struct argp_child *c = argp->children; c && c->argp; c++)
		rows_gather(l, c->argp);
}

/* As argp orders them: groups 0, 1, 2, ... and then from the negative ones the last; the head of each first.
 */
static bool row_precedes(const struct argp_option *a, const struct argp_option *b)
{
	bool a_heads = !a->name && !a->key, b_heads = !b->name && !b->key;

	return a->group == b->group ? a_heads && !b_heads : (unsigned)a->group < (unsigned)b->group;
}

const struct argp_option **options_of(const struct command *c)
{
	struct row_list l = { 0 };

	rows_gather(&l, &c->argp);
	rows_gather(&l, &(struct argp){ .options = help_row });
	for (size_t i = 1; i < l.nr; i++)
		for (size_t k = i; k && row_precedes(l.row[k], l.row[k - 1]); k--) {
			const struct argp_option *row = l.row[k];

			l.row[k] = l.row[k - 1];
			l.row[k - 1] = row;
		}
	l.row = mem_grow(l.row, l.nr, sizeof(*l.row));
	l.row[l.nr] = NULL;
	return l.row;
}

static const struct argp_option *find_long(const struct argp_option **rows, const char *name, size_t len)
{
	for (; *rows; rows++)
		if ((*rows)->name && strlen((*rows)->name) == len && !strncmp((*rows)->name, name, len))
			return *rows;
	return NULL;
}

static const struct argp_option *find_short(const struct argp_option **rows, char letter)
{
	for (; *rows; rows++)
		if ((*rows)->key == letter && ((*rows)->name || (*rows)->doc))
			return *rows;
	return NULL;
}

static int unknown_long(const struct command *c, const struct argp_option **rows, const char *word,
			size_t len)
{
	char *name = mem_printf("%.*s", (int)len, word);
	struct nearest n = { .word = name };

	for (; *rows; rows++)
		if ((*rows)->name && !((*rows)->flags & OPTION_HIDDEN))
			nearest_try(&n, (*rows)->name);
	options_wrong(c, n.best ? "unknown option '--%s': did you mean --%s?" : "unknown option '--%s'", name,
		      n.best);
	free(name);
	return -CAUSE_USAGE;
}

/* Both leave *w at the last word that is theirs. */

static int check_long(const struct command *c, const struct argp_option **rows, char ***w)
{
	const char *name = **w + 2;
	size_t len = strcspn(name, "=");
	const struct argp_option *o = find_long(rows, name, len);

	if (!o)
		return unknown_long(c, rows, name, len);
	if (!o->arg && name[len])
		return options_wrong(c, "option --%s takes no value", o->name);
	if (!o->arg || name[len])
		return 0;
	if (!*++*w)
		return options_wrong(c, "option --%s needs a value: --%s %s", o->name, o->name, o->arg);
	return 0;
}

static int check_short(const struct command *c, const struct argp_option **rows, char ***w)
{
	for (const char *letter = **w + 1; *letter; letter++) {
		const struct argp_option *o = find_short(rows, *letter);

		if (!o)
			return options_wrong(c, "unknown option '-%c'", *letter);
		if (o->arg && !letter[1] && !*++*w)
			return options_wrong(c, "option -%c needs a value: -%c %s", *letter, *letter, o->arg);
		if (o->arg)
			break;
	}
	return 0;
}

static int check_words(const struct call *call)
{
	const struct command *c = call->command;
	const struct argp_option **rows = options_of(c);
	int err = 0;

	for (char **w = call->argv + 1; !err && *w && strcmp(*w, "--"); w++)
		if (!strncmp(*w, "--", 2))
			err = check_long(c, rows, &w);
		else if (**w == '-' && (*w)[1])
			err = check_short(c, rows, &w);
		else if (c->passes_on)
			break;
	free(rows);
	return err;
}

struct parsing {
	void *into;
	bool helped;
};

static error_t help_take(int key, char *arg, struct argp_state *state)
{
	struct parsing *p = state->input;

	(void)arg;
	if (key != 'h')
		return ARGP_ERR_UNKNOWN;
	argp_state_help(state, stdout, ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_DOC);
	p->helped = true;
	return ECANCELED;
}

static error_t root_take(int key, char *arg, struct argp_state *state)
{
	struct parsing *p = state->input;

	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	state->child_inputs[0] = p->into;
	state->child_inputs[1] = p;
	return 0;
}

/* That a short option takes what its long one takes goes without saying. */
static char *help_filter(int key, const char *text, void *input)
{
	(void)input;
	return key == ARGP_KEY_HELP_DUP_ARGS_NOTE ? NULL : (char *)text;
}

static int parse_words(struct call *call, struct parsing *p)
{
	const struct command *c = call->command;
	static const struct argp help = { .options = help_row, .parser = help_take };
	const struct argp own = { .options = c->argp.options,
				  .parser = c->argp.parser,
				  .children = c->argp.children };
	const struct argp_child children[] = { { &own, 0, NULL, 0 }, { &help, 0, NULL, 0 }, { 0 } };
	char *doc = help_doc(c), *name = call->argv[0], *whole = mem_printf("scxbench %s", c->name);
	const struct argp root = { .parser = root_take,
				   .args_doc = c->argp.args_doc,
				   .doc = doc,
				   .children = children,
				   .help_filter = help_filter };
	unsigned flags = ARGP_NO_EXIT | ARGP_NO_HELP | (c->passes_on ? ARGP_IN_ORDER : 0);
	int first, err;

	call->argv[0] = whole;
	err = argp_parse(&root, call->argc, call->argv, flags, &first, p);
	call->argv[0] = name;
	call->word = call->argv + first;
	call->nr_words = call->argc - first;
	free(whole);
	free(doc);
	return err;
}

static int check_count(const struct call *call)
{
	const struct command *c = call->command;

	if (call->nr_words < c->least)
		return options_wrong(c, "too few words, give %s", c->argp.args_doc);
	if (c->most >= 0 && call->nr_words > c->most)
		return options_wrong(c, "unexpected word '%s'", call->word[c->most]);
	return 0;
}

bool options_parse(struct call *call, void *into)
{
	struct parsing p = { .into = into };
	int err = check_words(call);

	if (!err)
		err = parse_words(call, &p);
	if (!err)
		err = check_count(call);
	call->code = !err || p.helped ? EXIT_CODE_OK : EXIT_CODE_USAGE;
	if (!err && call->command->kernel == KERNEL_USED && guest_ahead()) {
		call->code = EXIT_CODE_GUEST;
		return false;
	}
	return !err;
}
