/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/complete.h"
#include "cli/man.h"
#include "text/buf.h"
#include "util/nearest.h"
#include "util/version.h"

#define WIDTH 78
#define EXIT_INDENT 7

/* Puts text at column indent; words that do not fit continue below, at the same column. */
static void put_wrapped(struct buf *b, size_t indent, const char *text, size_t len)
{
	size_t column = indent;

	for (const char *word = text; word < text + len;) {
		size_t room = (size_t)(text + len - word), letters = strcspn(word, " ");

		if (letters > room)
			letters = room;
		if (word > text && column + 1 + letters > WIDTH) {
			buf_printf(b, "\n%*s", (int)indent, "");
			column = indent;
		} else if (word > text) {
			buf_put(b, " ");
			column++;
		}
		buf_bytes(b, word, letters);
		column += letters;
		word += letters + 1;
	}
	buf_put(b, "\n");
}

static void put_exits(struct buf *b, const char *line)
{
	buf_put(b, "Exit codes:\n");
	while (*line) {
		size_t len = strcspn(line, "\n"), code = strcspn(line, " ");

		buf_printf(b, "  %-5.*s", (int)code, line);
		put_wrapped(b, EXIT_INDENT, line + code + 1, len - code - 1);
		line += len + (line[len] == '\n');
	}
}

/* The width of the widest command. */
static int commands_width(const char *line)
{
	int widest = 0;

	while (*line) {
		int width = (int)strcspn(line, "\t\n");

		if (width > widest)
			widest = width;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return widest;
}

static void put_examples(struct buf *b, const char *line)
{
	int width = commands_width(line);

	buf_put(b, "\nExamples:\n");
	while (*line) {
		int len = (int)strcspn(line, "\n"), command = (int)strcspn(line, "\t\n");

		if (command < len)
			buf_printf(b, "  %-*.*s   %.*s\n", width, command, line, len - command - 1,
				   line + command + 1);
		else
			buf_printf(b, "  %.*s\n", len, line);
		line += len + (line[len] == '\n');
	}
}

char *help_doc(const struct command *c)
{
	char *more = c->more ? c->more() : NULL;
	struct buf b = { 0 };

	buf_printf(&b, "\n%s\v", c->argp.doc);
	if (more)
		buf_printf(&b, "%s\n", more);
	put_exits(&b, c->exits);
	put_examples(&b, c->examples);
	free(more);
	return buf_take(&b);
}

void help_overview(FILE *to)
{
	struct buf b = { 0 };
	char *text;

	buf_put(&b, "Usage: scxbench COMMAND [OPTION...] [ARGUMENT...]\n\n");
	put_wrapped(&b, 0, command_about, strlen(command_about));
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->title)
			buf_printf(&b, "\n%s\n", e->title);
		else
			buf_printf(&b, "  %-9s %s\n", e->command->name, e->command->summary);
	buf_put(&b, "\n'scxbench help COMMAND' shows the options of a command.\n"
		    "'scxbench --version' prints the version.\n\n");
	put_exits(&b, command_exits);
	text = buf_take(&b);
	fputs(text, to);
	free(text);
}

static int help_of(const char *name)
{
	char *argv[] = { (char *)name, "--help", NULL };
	const struct command *c = command_find(name);
	struct call call = { .command = c, .argc = 2, .argv = argv };

	return c ? c->run(&call) : exit_code_of(command_unknown(name));
}

struct options {
	const char *man;
	int shell; /* of complete_shells; -1: none */
};

enum { OPT_MAN = 256, OPT_COMPLETION };

static const struct argp_option rows[] = {
	{ "man", OPT_MAN, "DIR", 0, "write the man pages into DIR", 0 },
	{ "completion", OPT_COMPLETION, "SHELL", 0, "print the completion script for bash, zsh or fish", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case OPT_MAN:
		return o->man = arg, 0;
	case OPT_COMPLETION:
		o->shell = nearest_index("--completion", arg, complete_shells);
		return o->shell < 0 ? o->shell : 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int call_help(struct call *call)
{
	struct options o = { .shell = -1 };

	if (!options_parse(call, &o))
		return call->code;
	if (o.man)
		return exit_code_of(man_write(o.man));
	if (call->nr_words)
		return help_of(call->word[0]);
	if (o.shell >= 0)
		complete_print(o.shell);
	else
		help_overview(stdout);
	return EXIT_CODE_OK;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "list the commands, or show the options of one",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "[COMMAND]",
		  .doc = "Lists the commands, or shows what COMMAND --help does." },
	.most = 1,
	.exits = "0 ok\n2 usage\n3 the files can't be written\n",
	.examples = "scxbench help bench\nscxbench help --man ~/.local/share/man/man1\n",
	.run = call_help,
};

static int call_version(struct call *call)
{
	if (!options_parse(call, NULL))
		return call->code;
	printf("scxbench %s\n", version_text());
	return EXIT_CODE_OK;
}

const struct command cmd_version = {
	.name = "version",
	.summary = "print the version and the commit that the program was built from",
	.argp = { .doc = "Prints the version and, in brackets, the commit that the program was built "
			 "from. \"-dirty\" behind it means that the tree was changed." },
	.exits = "0 ok\n2 usage\n",
	.examples = "scxbench version\nscxbench --version\n",
	.run = call_version,
};
