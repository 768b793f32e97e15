/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/complete.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
	"# fish completion for scxbench, made by 'scxbench help --completion fish'\n\n"
	"function __scxbench_ask\n"
	"\tscxbench $argv 2>/dev/null | string replace -r ' .*' ''\n"
	"end\n"
	"# Is this the command?\n"
	"function __scxbench_is\n"
	"\tset -l words (commandline -opc)\n"
	"\ttest (count $words) -gt 1; and test $words[2] = $argv[1]\n"
	"end\n\n"
	"complete -c scxbench -f\n"
	"complete -c scxbench -n __fish_use_subcommand -l help -d 'list the commands'\n"
	"complete -c scxbench -n __fish_use_subcommand -l version -d 'print the version'\n";

/* What completes it, as the end of a line. */
static void put_kind(struct buf *b, const struct complete_kind *k)
{
	char *words = k->words ? k->words() : NULL;

	if (words)
		buf_printf(b, " -a '%s'", words);
	else if (k->ask)
		buf_printf(b, " -a '(__scxbench_ask %s)'", k->ask);
	else if (k->is_dir)
		buf_put(b, " -a '(__fish_complete_directories)'");
	else
		buf_put(b, " -F");
	free(words);
}

static void put_option(struct buf *b, const struct command *c, const struct argp_option *o)
{
	const struct complete_kind *k = o->arg ? complete_kind_of(o->arg, strlen(o->arg)) : NULL;

	buf_printf(b, "complete -c scxbench -n '__scxbench_is %s'", c->name);
	if (o->key > 0 && o->key < 128)
		buf_printf(b, " -s %c", o->key);
	if (o->name)
		buf_printf(b, " -l %s", o->name);
	buf_put(b, o->arg ? k && k->is_file ? " -r" : " -x" : "");
	if (k)
		put_kind(b, k);
	buf_put(b, " -d '");
	complete_put_summary(b, o->doc);
	buf_put(b, "'\n");
}

static void put_command(struct buf *b, const struct command *c)
{
	const struct argp_option **rows = options_of(c);
	struct complete_words w;

	complete_words_of(c, &w);
	buf_printf(b, "complete -c scxbench -n __fish_use_subcommand -a %s -d '", c->name);
	complete_put_summary(b, c->summary);
	buf_put(b, "'\n");
	for (const struct argp_option **o = rows; *o; o++)
		if ((*o)->name || (*o)->key)
			put_option(b, c, *o);
	if (*w.plain)
		buf_printf(b, "complete -c scxbench -n '__scxbench_is %s' -a '%s'\n", c->name, w.plain);
	for (unsigned i = 0; i < w.nr_kinds; i++) {
		buf_printf(b, "complete -c scxbench -n '__scxbench_is %s'", c->name);
		put_kind(b, w.kind[i]);
		buf_put(b, "\n");
	}
	free(w.plain);
	free(rows);
}

void complete_fish(struct buf *b)
{
	buf_put(b, head);
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command)
			put_command(b, e->command);
}
