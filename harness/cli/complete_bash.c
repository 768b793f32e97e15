/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/complete.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
	"# bash completion for scxbench, made by 'scxbench help --completion bash'\n\n"
	"_scxbench_gen() { mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen \"$@\"); }\n"
	"_scxbench_add() { _scxbench_gen -W \"$1\" -- \"$2\"; }\n"
	"_scxbench_ask() { \"${COMP_WORDS[0]}\" \"$@\" 2>/dev/null | sed 's/ .*//'; }\n\n"
	"# _scxbench_value KIND BEGINNING\n"
	"_scxbench_value()\n"
	"{\n"
	"\tcase $1 in\n";

static const char middle[] =
	"\tesac\n"
	"}\n\n"
	"_scxbench()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} word\n"
	"\tCOMPREPLY=()\n"
	"\t# '=' is a word of its own: --plan=de is three\n"
	"\tif [[ $cur == = ]]; then\n"
	"\t\tcur=\n"
	"\telif [[ $prev == = ]]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\tfi\n"
	"\tif ((COMP_CWORD == 1)); then\n";

static const char between[] = "\t\treturn\n"
			      "\tfi\n"
			      "\tfor word in \"${COMP_WORDS[@]:2:COMP_CWORD - 2}\"; do\n"
			      "\t\tif [[ $word == -- ]]; then\n"
			      "\t\t\t_scxbench_gen -c -f -- \"$cur\"\n"
			      "\t\t\treturn\n"
			      "\t\tfi\n"
			      "\tdone\n"
			      "\tcase $command in\n";

static const char tail[] = "\tesac\n"
			   "}\n"
			   "complete -F _scxbench scxbench\n";

static void put_kind(struct buf *b, const struct complete_kind *k)
{
	char *words = k->words ? k->words() : NULL;

	buf_put(b, "\t");
	for (const char *c = k->arg; *c; c++)
		buf_printf(b, *c == ' ' ? " | " : "%c", *c);
	if (words)
		buf_printf(b, ") %s_scxbench_add '%s' \"$2\" ;;\n", k->goes_on ? "compopt -o nospace; " : "",
			   words);
	else if (k->ask)
		buf_printf(b, ") _scxbench_add \"$(_scxbench_ask %s)\" \"$2\" ;;\n", k->ask);
	else
		buf_printf(b, ") compopt -o filenames; _scxbench_gen -%c -- \"$2\" ;;\n",
			   k->is_dir ? 'd' : 'f');
	free(words);
}

static void put_names(struct buf *b, const struct argp_option *o, const char *between_names)
{
	if (o->key > 0 && o->key < 128)
		buf_printf(b, "-%c%s", o->key, o->name ? between_names : "");
	if (o->name)
		buf_printf(b, "--%s", o->name);
}

/* After an option that takes a value there is that value, or what nobody knows. */
static void put_values(struct buf *b, const struct argp_option **rows)
{
	buf_put(b, "\t\tcase $prev in\n");
	for (; *rows; rows++) {
		const struct complete_kind *k =
			(*rows)->arg ? complete_kind_of((*rows)->arg, strlen((*rows)->arg)) : NULL;

		if (!(*rows)->arg)
			continue;
		buf_put(b, "\t\t");
		put_names(b, *rows, " | ");
		buf_put(b, ") ");
		if (k)
			buf_printf(b, "_scxbench_value %.*s \"$cur\"; ", (int)strcspn(k->arg, " "), k->arg);
		buf_put(b, "return ;;\n");
	}
	buf_put(b, "\t\tesac\n");
}

static void put_command(struct buf *b, const struct command *c)
{
	const struct argp_option **rows = options_of(c);
	struct complete_words w;

	complete_words_of(c, &w);
	buf_printf(b, "\t%s)\n", c->name);
	put_values(b, rows);
	buf_put(b, "\t\tif [[ $cur == -* ]]; then\n\t\t\t_scxbench_add '");
	for (const struct argp_option **o = rows; *o; o++) {
		put_names(b, *o, " ");
		buf_put(b, (*o)->name || (*o)->key ? " " : "");
	}
	buf_put(b, "' \"$cur\"\n\t\t\treturn\n\t\tfi\n");
	if (*w.plain)
		buf_printf(b, "\t\t_scxbench_add '%s' \"$cur\"\n", w.plain);
	for (unsigned i = 0; i < w.nr_kinds; i++)
		buf_printf(b, "\t\t_scxbench_value %.*s \"$cur\"\n", (int)strcspn(w.kind[i]->arg, " "),
			   w.kind[i]->arg);
	buf_put(b, "\t\t;;\n");
	free(w.plain);
	free(rows);
}

void complete_bash(struct buf *b)
{
	buf_put(b, head);
	for (const struct complete_kind *k = complete_kinds; k->arg; k++)
		put_kind(b, k);
	buf_put(b, middle);
	buf_put(b, "\t\t_scxbench_value COMMAND \"$cur\"\n\t\t_scxbench_add '--help --version' \"$cur\"\n");
	buf_put(b, between);
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command)
			put_command(b, e->command);
	buf_put(b, tail);
}
