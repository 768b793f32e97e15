/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/complete.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
	"#compdef scxbench\n"
	"# zsh completion for scxbench, made by 'scxbench help --completion zsh'\n\n"
	"_scxbench_ask() { compadd -- ${(f)\"$(scxbench \"$@\" 2>/dev/null | sed 's/ .*//')\"} }\n";

static const char middle[] = "\n_scxbench() {\n"
			     "\tlocal context state state_descr line\n"
			     "\ttypeset -A opt_args\n"
			     "\t_arguments -C '--help[list the commands]' '--version[print the version]' \\\n"
			     "\t\t'1:command:_scxbench_commands' '*:: :->words'\n"
			     "\t[[ $state == words ]] || return\n"
			     "\tcase $line[1] in\n";

static const char tail[] = "\tesac\n"
			   "}\n\n"
			   "_scxbench \"$@\"\n";

/* The function that completes a kind has the kind's first name. */
static void put_function(struct buf *b, const struct complete_kind *k)
{
	for (const char *c = k->arg; *c && *c != ' '; c++)
		buf_bytes(b, *c == '=' ? "_" : c, 1);
}

static void put_kind(struct buf *b, const struct complete_kind *k)
{
	char *words = k->words ? k->words() : NULL;

	buf_put(b, "_scxbench_");
	put_function(b, k);
	if (words)
		buf_printf(b, "() { compadd%s -- %s }\n", k->goes_on ? " -S ''" : "", words);
	else if (k->ask)
		buf_printf(b, "() { _scxbench_ask %s }\n", k->ask);
	else
		buf_printf(b, "() { _files%s }\n", k->is_dir ? " -/" : "");
	free(words);
}

static void put_spec(struct buf *b, const struct argp_option *o, bool is_long)
{
	const struct complete_kind *k = o->arg ? complete_kind_of(o->arg, strlen(o->arg)) : NULL;

	buf_put(b, " \\\n\t\t\t'*");
	if (is_long)
		buf_printf(b, "--%s%s", o->name, o->arg ? "=" : "");
	else
		buf_printf(b, "-%c%s", o->key, o->arg ? "+" : "");
	buf_put(b, "[");
	complete_put_summary(b, o->doc);
	buf_put(b, "]");
	if (o->arg) {
		buf_put(b, ":");
		complete_put_summary(b, o->arg);
		buf_put(b, k ? ":_scxbench_" : ": ");
	}
	if (k)
		put_function(b, k);
	buf_put(b, "'");
}

static void put_words(struct buf *b, const struct complete_words *w)
{
	if (!*w->plain && !w->nr_kinds)
		return;
	buf_put(b, " \\\n\t\t\t'*:word:{");
	if (*w->plain)
		buf_printf(b, " compadd -- %s;", w->plain);
	for (unsigned i = 0; i < w->nr_kinds; i++) {
		buf_put(b, " _scxbench_");
		put_function(b, w->kind[i]);
		buf_put(b, ";");
	}
	buf_put(b, " }'");
}

static void put_command(struct buf *b, const struct command *c)
{
	const struct argp_option **rows = options_of(c);
	struct complete_words w;

	complete_words_of(c, &w);
	buf_printf(b, "\t%s)\n\t\t_arguments", c->name);
	for (const struct argp_option **o = rows; *o; o++) {
		if ((*o)->key > 0 && (*o)->key < 128)
			put_spec(b, *o, false);
		if ((*o)->name)
			put_spec(b, *o, true);
	}
	put_words(b, &w);
	buf_put(b, "\n\t\t;;\n");
	free(w.plain);
	free(rows);
}

void complete_zsh(struct buf *b)
{
	buf_put(b, head);
	for (const struct complete_kind *k = complete_kinds; k->arg; k++)
		put_kind(b, k);
	buf_put(b, "\n_scxbench_commands() {\n\tlocal commands=(\n");
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command) {
			buf_printf(b, "\t\t'%s:", e->command->name);
			complete_put_summary(b, e->command->summary);
			buf_put(b, "'\n");
		}
	buf_put(b, "\t)\n\t_describe command commands\n}\n");
	buf_put(b, middle);
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command)
			put_command(b, e->command);
	buf_put(b, tail);
}
