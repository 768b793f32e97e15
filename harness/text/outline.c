/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/outline.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text/buf.h"
#include "util/mem.h"

#define FIGURE "<figure id=\""

struct heading {
	int level;
	char *id, *text;	 /* of its address; what it says, as markup */
	const char *open;	 /* its tag in the page */
	const char *inner, *end; /* what is in it */
	bool has_id;		 /* the page gives it one, or its figure has it */
};

struct outline {
	struct heading *heading;
	size_t nr;
};

/* The next "<h2" to "<h6" */
static const char *find_open(const char *at)
{
	while ((at = strstr(at, "<h")) && !(at[2] >= '2' && at[2] <= '6' && (at[3] == '>' || at[3] == ' ')))
		at += 2;
	return at;
}

/* Up to the next quote; the caller's to free. */
static char *quoted(const char *from)
{
	return mem_printf("%.*s", (int)strcspn(from, "\""), from);
}

/* The tag that ends right before it, but for the end of a line. */
static const char *tag_before(const char *page, const char *at)
{
	while (at > page && at[-1] == '\n')
		at--;
	do
		at -= at > page;
	while (at > page && *at != '<');
	return at;
}

/* The id of its own tag, or of the figure that it begins. NULL: none. */
static char *given_id(const char *page, const char *open)
{
	const char *own = open + strlen("<h2 "), *before = tag_before(page, open);

	if (open[3] == ' ' && !strncmp(own, "id=\"", 4))
		return quoted(own + 4);
	return strncmp(before, FIGURE, strlen(FIGURE)) ? NULL : quoted(before + strlen(FIGURE));
}

/* Without the tags in it. */
static char *plain(const char *from, const char *end)
{
	struct buf b = { 0 };

	for (bool tag = false; from < end; from++) {
		tag |= *from == '<';
		if (!tag)
			buf_bytes(&b, from, 1);
		tag &= *from != '>';
	}
	return buf_take(&b);
}

/* Letters and digits, and a '-' for what is between them. */
static void put_slug(struct buf *b, const char *text)
{
	bool gap = false;

	for (; *text; text++) {
		if (isalnum((unsigned char)*text)) {
			char c = (char)tolower((unsigned char)*text);

			buf_put(b, gap && b->len ? "-" : "");
			buf_bytes(b, &c, 1);
		}
		gap = !isalnum((unsigned char)*text);
	}
}

/* The heading that a heading of this level is a part of, or NULL. */
static const struct heading *above(const struct outline *o, int level)
{
	for (size_t i = o->nr; i--;)
		if (o->heading[i].level < level)
			return &o->heading[i];
	return NULL;
}

static bool is_taken(const struct outline *o, const char *page, const char *id)
{
	char *attribute = mem_printf("id=\"%s\"", id);
	bool taken = strstr(page, attribute);

	free(attribute);
	for (size_t i = 0; i < o->nr; i++)
		taken |= !strcmp(o->heading[i].id, id);
	return taken;
}

static char *make_id(const struct outline *o, const char *page, const struct heading *h)
{
	const struct heading *of = h->level > 2 ? above(o, h->level) : NULL;
	struct buf b = { 0 };
	char *base, *id;

	if (of)
		buf_printf(&b, "%s-", of->id);
	put_slug(&b, h->text);
	base = b.len ? buf_take(&b) : mem_strdup("part");
	id = mem_strdup(base);
	for (unsigned n = 2; is_taken(o, page, id); n++) {
		free(id);
		id = mem_printf("%s-%u", base, n);
	}
	free(base);
	return id;
}

static void find_headings(struct outline *o, const char *page)
{
	for (const char *at = page; (at = find_open(at));) {
		const char close[] = { '<', '/', 'h', at[2], '>', 0 };
		struct heading h = { .level = at[2] - '0', .open = at, .inner = strchr(at, '>') + 1 };

		h.end = strstr(h.inner, close);
		if (!h.end)
			return;
		h.text = plain(h.inner, h.end);
		h.id = given_id(page, at);
		h.has_id = h.id;
		if (!h.id)
			h.id = make_id(o, page, &h);
		o->heading = mem_grow(o->heading, o->nr, sizeof(h));
		o->heading[o->nr++] = h;
		at = h.end;
	}
}

static void put_item(struct buf *b, const struct heading *h)
{
	buf_printf(b, "<li><a href=\"#%s\">%s</a>", h->id, h->text);
}

static void put_contents(struct buf *b, const struct outline *o)
{
	int level = 2;

	buf_put(b, "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>");
	for (size_t i = 0; i < o->nr; i++) {
		const struct heading *h = &o->heading[i];

		if (h->level > 3)
			continue;
		buf_put(b, h->level > level   ? "\n<ul>"
			   : h->level < level ? "</li></ul></li>\n"
			   : i		      ? "</li>\n"
					      : "\n");
		level = h->level;
		put_item(b, h);
	}
	buf_put(b, level > 2 ? "</li></ul>" : "");
	buf_put(b, o->nr ? "</li></ul>\n</nav>" : "</ul>\n</nav>");
}

/* A link can't have a link in it. */
static void put_heading(struct buf *b, const struct heading *h)
{
	buf_bytes(b, h->open, 3);
	if (h->has_id)
		buf_bytes(b, h->open + 3, (size_t)(h->inner - h->open) - 3);
	else
		buf_printf(b, " id=\"%s\">", h->id);
	buf_printf(b, "<a href=\"#%s\">", h->id);
	buf_put(b, h->text);
	buf_put(b, "</a>");
}

/* The part of the page from "from" to "to", where the contents may be wanted. */
static void put_part(struct buf *b, const struct outline *o, const char *from, const char *to)
{
	const char *here = strstr(from, OUTLINE_HERE);

	if (!here || here >= to) {
		buf_bytes(b, from, (size_t)(to - from));
		return;
	}
	buf_bytes(b, from, (size_t)(here - from));
	if (o->nr)
		put_contents(b, o);
	here += strlen(OUTLINE_HERE);
	buf_bytes(b, here, (size_t)(to - here));
}

char *outline_make(const char *page)
{
	const char *from = page;
	struct outline o = { 0 };
	struct buf b = { 0 };

	find_headings(&o, page);
	for (size_t i = 0; i < o.nr; i++) {
		put_part(&b, &o, from, o.heading[i].open);
		put_heading(&b, &o.heading[i]);
		from = o.heading[i].end;
	}
	put_part(&b, &o, from, from + strlen(from));
	for (size_t i = 0; i < o.nr; i++) {
		free(o.heading[i].id);
		free(o.heading[i].text);
	}
	free(o.heading);
	return buf_take(&b);
}
