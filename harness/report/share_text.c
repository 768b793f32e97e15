/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shared run for a mail: nothing is wider than its columns but a word that is longer. */
#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "report/share.h"
#include "util/mem.h"
#include "util/utf8.h"

/* Each line by itself, with an end. Takes the text over. */
static void put_folded(struct buf *b, char *text)
{
	struct buf lines = { 0 };
	char *folded;
	size_t len = strlen(text);

	buf_printf(&lines, "%s%s", text, len && text[len - 1] != '\n' ? "\n" : "");
	folded = buf_take_folded(&lines, SHARE_COLUMNS);
	buf_put(b, folded);
	free(folded);
	free(text);
}

static void put_marks(struct buf *b, const struct summary *s)
{
	const char *warning = caption_warning(&s->c->run->run);
	char *marks = caption_marks(s->c);

	if (*marks)
		put_folded(b, mem_printf("%s%s%s", marks, warning ? ": " : "", warning ? warning : ""));
	free(marks);
}

static void put_grid(struct buf *b, void (*make)(struct grid *g, const struct summary *s),
		     const struct summary *s)
{
	struct grid g;

	make(&g, s);
	grid_text(b, &g, SHARE_COLUMNS);
	grid_free(&g);
}

/* The next blank outside of quotes, or the end. */
static const char *end_of_word(const char *c)
{
	for (char quote = 0; *c && (quote || *c != ' '); c++) {
		if (*c == '\\' && quote != '\'' && c[1])
			c++;
		else if (quote ? *c == quote : *c == '\'' || *c == '"')
			quote = quote ? 0 : *c;
	}
	return c;
}

/* Goes on in the next line as a shell reads it. */
static void put_command(struct buf *b, const char *command)
{
	size_t column = 2;

	buf_put(b, " ");
	while (*command) {
		const char *end = end_of_word(command);
		size_t len = (size_t)(end - command);

		if (column > 4 && column + len + 2 > SHARE_COLUMNS) {
			buf_put(b, " \\\n   ");
			column = 4;
		}
		buf_printf(b, " %.*s", (int)len, command);
		column += len + 1;
		command = end + strspn(end, " ");
	}
	buf_put(b, "\n");
}

char *share_text(const struct summary *s)
{
	struct buf b = { 0 }, notes = { 0 };
	char *command = utf8_printable(s->c->run->run.command, 0);

	put_folded(&b, summary_title(s));
	put_marks(&b, s);
	buf_put(&b, "\n");
	put_folded(&b, summary_answer(s));
	buf_put(&b, "\n");
	put_grid(&b, share_ratios, s);
	buf_put(&b, "\n");
	put_folded(&b, summary_how(s, false));
	share_notes(&notes, s);
	put_folded(&b, buf_take(&notes));
	buf_put(&b, "\n");
	put_folded(&b, summary_origin(s));
	put_grid(&b, share_facts, s);
	buf_put(&b, "\nThis repeats it:\n");
	put_command(&b, command);
	free(command);
	return buf_take(&b);
}
