/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/man.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/version.h"

/* Text that roff takes for itself: no escape, and no request at the beginning of a line. */
static void put_text(struct buf *b, const char *text, size_t len)
{
	bool begins = true;

	for (const char *c = text; c < text + len; c++) {
		if (begins && (*c == '.' || *c == '\''))
			buf_put(b, "\\&");
		if (*c == '\\')
			buf_put(b, "\\e");
		else if (*c == '-')
			buf_put(b, "\\-");
		else
			buf_bytes(b, c, 1);
		begins = *c == '\n';
	}
}

static void put_string(struct buf *b, const char *text)
{
	put_text(b, text, strlen(text));
}

static void put_font(struct buf *b, char font, const char *text, size_t len)
{
	buf_printf(b, "\\f%c", font);
	put_text(b, text, len);
	buf_put(b, "\\fR");
}

static void put_head(struct buf *b, const char *name, const char *summary)
{
	buf_put(b, ".TH ");
	for (const char *c = name; *c; c++)
		buf_printf(b, "%c", toupper((unsigned char)*c));
	buf_printf(b, " 1 \"\" \"scxbench %s\" \"scxbench\"\n.SH NAME\n", version_text());
	put_string(b, name);
	buf_put(b, " \\- ");
	put_string(b, summary);
	buf_put(b, "\n");
}

/* Paragraphs are a line each, with an empty one between. */
static void put_paragraphs(struct buf *b, const char *doc)
{
	while (*doc) {
		size_t len = strcspn(doc, "\n");

		if (len)
			put_text(b, doc, len);
		else
			buf_put(b, ".PP");
		buf_put(b, "\n");
		doc += len + (doc[len] == '\n');
	}
}

/* What a person replaces is in capitals; the rest of a form is typed as it stands. */
static void put_form(struct buf *b, const char *form, size_t len)
{
	for (const char *c = form; c < form + len;) {
		size_t word = strspn(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), literal;

		if (word && c + word <= form + len) {
			put_font(b, 'I', c, word);
			c += word;
			continue;
		}
		literal = strcspn(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_\n");
		put_text(b, c, literal);
		c += literal;
	}
}

static void put_synopsis(struct buf *b, const struct command *c)
{
	const char *form = c->argp.args_doc ? c->argp.args_doc : "";

	buf_put(b, ".SH SYNOPSIS\n.nf\n");
	do {
		size_t len = strcspn(form, "\n");

		buf_put(b, "\\fBscxbench ");
		put_string(b, c->name);
		buf_put(b, "\\fR [\\fIOPTION\\fR...] ");
		put_form(b, form, len);
		buf_put(b, "\n");
		form += len + (form[len] == '\n');
	} while (*form);
	buf_put(b, ".fi\n");
}

static void put_option(struct buf *b, const struct argp_option *o)
{
	buf_put(b, ".TP\n");
	if (o->key > 0 && o->key < 128) {
		buf_printf(b, "\\fB\\-%c\\fR", o->key);
		buf_put(b, o->name ? ", " : o->arg ? " " : "");
	}
	if (o->name) {
		buf_put(b, "\\fB\\-\\-");
		put_string(b, o->name);
		buf_put(b, o->arg ? "\\fR=" : "\\fR");
	}
	if (o->arg)
		put_font(b, 'I', o->arg, strlen(o->arg));
	buf_put(b, "\n");
	put_string(b, o->doc);
	buf_put(b, "\n");
}

static void put_options(struct buf *b, const struct command *c)
{
	const struct argp_option **rows = options_of(c);

	buf_put(b, ".SH OPTIONS\n");
	for (const struct argp_option **o = rows; *o; o++)
		if ((*o)->name || (*o)->key) {
			put_option(b, *o);
		} else {
			buf_put(b, ".SS ");
			put_text(b, (*o)->doc, strlen((*o)->doc) - 1);
			buf_put(b, "\n");
		}
	free(rows);
}

/* The first line of it is its title. */
static void put_more(struct buf *b, const struct command *c)
{
	char *more = c->more ? c->more() : NULL;
	size_t title = more ? strcspn(more, ":") : 0;

	if (!more)
		return;
	buf_put(b, ".SH ");
	for (size_t i = 0; i < title; i++)
		buf_printf(b, "%c", toupper((unsigned char)more[i]));
	buf_put(b, "\n.nf\n");
	put_string(b, more + title + strspn(more + title, ":\n"));
	buf_put(b, ".fi\n");
	free(more);
}

static void put_exits(struct buf *b, const char *line)
{
	buf_put(b, ".SH EXIT STATUS\n");
	while (*line) {
		size_t len = strcspn(line, "\n"), code = strcspn(line, " ");

		buf_put(b, ".TP\n");
		put_font(b, 'B', line, code);
		buf_put(b, "\n");
		put_text(b, line + code + 1, len - code - 1);
		buf_put(b, "\n");
		line += len + (line[len] == '\n');
	}
}

static void put_examples(struct buf *b, const char *line)
{
	buf_put(b, ".SH EXAMPLES\n");
	while (*line) {
		size_t len = strcspn(line, "\n"), command = strcspn(line, "\t\n");

		buf_put(b, ".TP\n");
		put_font(b, 'B', line, command);
		buf_put(b, "\n");
		if (command < len) {
			put_text(b, line + command + 1, len - command - 1);
			buf_put(b, "\n");
		}
		line += len + (line[len] == '\n');
	}
}

static char *page_of(const struct command *c)
{
	char *name = mem_printf("scxbench-%s", c->name);
	struct buf b = { 0 };

	put_head(&b, name, c->summary);
	put_synopsis(&b, c);
	buf_put(&b, ".SH DESCRIPTION\n");
	put_paragraphs(&b, c->argp.doc);
	put_options(&b, c);
	put_more(&b, c);
	put_exits(&b, c->exits);
	put_examples(&b, c->examples);
	buf_put(&b, ".SH SEE ALSO\n.BR scxbench (1)\n");
	free(name);
	return buf_take(&b);
}

static void put_commands(struct buf *b)
{
	buf_put(b, ".SH COMMANDS\n");
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->title) {
			buf_put(b, ".SS ");
			put_string(b, e->title);
			buf_put(b, "\n");
		} else {
			buf_printf(b, ".TP\n.BR scxbench\\-%s (1)\n", e->command->name);
			put_string(b, e->command->summary);
			buf_put(b, "\n");
		}
}

static char *page_of_all(void)
{
	struct buf b = { 0 };

	put_head(&b, "scxbench", "measure, judge, watch and steer sched_ext policies");
	buf_put(&b,
		".SH SYNOPSIS\n\\fBscxbench\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n"
		".SH DESCRIPTION\n");
	put_string(&b, command_about);
	buf_put(&b, "\n");
	put_commands(&b);
	put_exits(&b, command_exits);
	buf_put(&b,
		".SH ENVIRONMENT\n"
		".TP\n\\fBSCXBENCH_HOME\\fR\nthe directory with policies, workloads and templates, where it is not "
		"the program's own\n"
		".TP\n\\fBSCXBENCH_RESULTS\\fR\nthe default of --results\n"
		".TP\n\\fBSCXBENCH_WORKLOADS\\fR\na directory with more workloads\n"
		".TP\n\\fBNO_COLOR\\fR\nif it is set and not empty, verdicts on a terminal have no colours\n"
		".TP\n\\fBSCXBENCH_PROGRESS\\fR\nwhether progress is shown, 0 or 1 (default: if standard error is a terminal); lines: a line for each sample, for a log\n");
	return buf_take(&b);
}

static int save_page(const char *dir, const char *name, char *text)
{
	char *path = mem_printf("%s/scxbench%s%s.1", dir, *name ? "-" : "", name);
	int err = fs_save(path, text);

	free(path);
	free(text);
	return err;
}

int man_write(const char *dir)
{
	int err = fs_make_dir(dir);

	if (!err)
		err = save_page(dir, "", page_of_all());
	for (const struct command_entry *e = command_entries; !err && (e->title || e->command); e++)
		if (e->command)
			err = save_page(dir, e->command->name, page_of(e->command));
	return err;
}
