/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shared run for a forge. */
#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "report/share.h"
#include "text/markdown.h"
#include "util/mem.h"
#include "util/utf8.h"

/* Before each line, and behind it; takes the text over. */
static void put_lines(struct buf *b, const char *before, char *text, const char *after)
{
	char *rest = text;

	for (char *line; (line = strsep(&rest, "\n"));) {
		if (!*line)
			continue;
		buf_put(b, before);
		markdown_text(b, line);
		buf_put(b, after);
	}
	free(text);
}

static void put_marks(struct buf *b, const struct summary *s)
{
	const char *warning = caption_warning(&s->c->run->run);
	char *marks = caption_marks(s->c);

	if (*marks)
		put_lines(b, "**", mem_printf("%s%s%s", marks, warning ? ": " : "", warning ? warning : ""),
			  "**\n\n");
	free(marks);
}

static void put_grid(struct buf *b, void (*make)(struct grid *g, const struct summary *s),
		     const struct summary *s)
{
	struct grid g;

	make(&g, s);
	grid_markdown(b, &g);
	grid_free(&g);
}

/* What folds away: the rest is what everybody reads. */
static void put_details(struct buf *b, const struct summary *s)
{
	char *command = utf8_printable(s->c->run->run.command, 0);

	buf_put(b, "<details><summary>Machine, versions, and the command that repeats it</summary>\n\n");
	put_grid(b, share_facts, s);
	buf_printf(b, "\n```sh\n%s\n```\n\n</details>\n", command);
	free(command);
}

char *share_markdown(const struct summary *s)
{
	struct buf b = { 0 }, notes = { 0 };

	put_lines(&b, "### ", summary_title(s), "\n\n");
	put_marks(&b, s);
	put_lines(&b, "", summary_answer(s), "  \n");
	buf_put(&b, "\n");
	put_grid(&b, share_ratios, s);
	buf_put(&b, "\n");
	put_lines(&b, "", summary_how(s, false), "\n\n");
	share_notes(&notes, s);
	put_lines(&b, "* ", buf_take(&notes), "\n");
	buf_put(&b, "\n");
	put_lines(&b, "", summary_origin(s), "\n\n");
	put_details(&b, s);
	return buf_take(&b);
}
