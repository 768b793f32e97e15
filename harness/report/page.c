/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page.h"

#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include "text/buf.h"
#include "text/outline.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define X(name) { #name, section_##name },
static const struct {
	const char *name;
	void (*put)(struct buf *b, const struct view *v);
} sections[] = { SECTIONS(X) };
#undef X
#define NR_SECTIONS (sizeof(sections) / sizeof(*sections))

static const struct slot *find_slot(const char *name, size_t len, const struct slot *slot, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (strlen(slot[i].name) == len && !strncmp(slot[i].name, name, len))
			return &slot[i];
	log_err(-CAUSE_DAMAGED, "the page template has no slot {{%.*s}} to fill: see harness/report/page.c",
		(int)len, name);
	return NULL;
}

char *page_fill(const char *template, const struct slot *slot, size_t nr)
{
	struct buf out = { 0 };
	const char *open, *close;

	while ((open = strstr(template, "{{")) && (close = strstr(open, "}}"))) {
		const struct slot *found = find_slot(open + 2, (size_t)(close - open) - 2, slot, nr);

		if (!found) {
			free(out.text);
			return NULL;
		}
		buf_bytes(&out, template, (size_t)(open - template));
		buf_put(&out, found->text);
		template = close + 2;
	}
	buf_put(&out, template);
	return buf_take(&out);
}

static char *title(const struct view *v)
{
	struct buf b = { 0 };

	buf_htmlf(&b, "scxbench: %u schedulers, %u workloads, run %s", v->cmp->nr_policies, v->cmp->nr_works,
		  v->cmp->run->run.id);
	return buf_take(&b);
}

char *page_nav(const char *dir, const char *up, const char *own)
{
	static const struct {
		const char *name, *what;
		bool always;
	} pages[] = { { "index.html", "Latest report", false },
		      { "runs.html", "All runs", true },
		      { "history.html", "Over time", false },
		      { "fleet.html", "All machines", false },
		      { "kernels.html", "Policies, kernel by kernel", false },
		      { "custody.html", "Custody, kernel by kernel", false } };
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		char *path = mem_printf("%s/%s", dir, pages[i].name);

		if (strcmp(pages[i].name, own) && (pages[i].always || fs_exists(path)))
			buf_printf(&b, "<a href=\"%s%s\">%s</a>\n", up, pages[i].name, pages[i].what);
		free(path);
	}
	return buf_take(&b);
}

static char *id(const struct view *v)
{
	struct buf b = { 0 };

	buf_html(&b, v->cmp->run->run.id);
	return buf_take(&b);
}

/* The answer, for previews of a link to the page. A search result shows only its beginning. */
static char *description(const struct view *v)
{
	char *answer = compare_answer(v->cmp);
	struct buf b = { 0 };

	buf_html(&b, answer);
	free(answer);
	return buf_take(&b);
}

static int read_plot(const char *home, const char *name, char **text)
{
	char *path = mem_printf("%s/plots/%s", home, name);
	int err = fs_load(path, text);

	free(path);
	return err;
}

/* Texts that page_text() adds to those of the page. */
enum { SLOT_STYLE, SLOT_HEAD, SLOT_SCRIPT, SLOT_ALLOWED, NR_ADDED };

/* A browser runs what has this hash: nothing that is on the page by mistake. */
static int add_script(const char *home, const char *name, struct slot *slot)
{
	struct buf script = { 0 }, allowed = { 0 };
	uint8_t hash[SHA256_DIGEST_LENGTH];
	SHA2_CTX sha;
	char *text;
	int err = name ? read_plot(home, name, &text) : 0;

	if (name && !err) {
		SHA256Init(&sha);
		SHA256Update(&sha, (const uint8_t *)text, strlen(text));
		SHA256Final(hash, &sha);
		buf_put(&allowed, " script-src 'sha256-");
		buf_base64(&allowed, hash, sizeof(hash));
		buf_put(&allowed, "';");
		buf_printf(&script, "<script>%s</script>", text);
		free(text);
	}
	slot[SLOT_SCRIPT].text = buf_take(&script);
	slot[SLOT_ALLOWED].text = buf_take(&allowed);
	return err;
}

static int add_texts(const char *home, const char *template, struct slot *slot, size_t nr)
{
	char *head = NULL;
	int err = read_plot(home, "report.css", &slot[SLOT_STYLE].text);

	if (err || !strstr(template, "{{head}}"))
		return err;
	err = read_plot(home, "head.html", &head);
	if (!err && !(slot[SLOT_HEAD].text = page_fill(head, slot, nr)))
		err = -CAUSE_DAMAGED;
	free(head);
	return err;
}

static char *fill_outlined(const char *template, const struct slot *slot, size_t nr)
{
	char *text = page_fill(template, slot, nr), *outlined = text ? outline_make(text) : NULL;

	free(text);
	return outlined;
}

int page_text(const char *home, const struct page *page, char **text)
{
	char *template = NULL;
	struct slot *slot = mem_zalloc(NR_ADDED + page->nr, sizeof(*slot));
	size_t nr = NR_ADDED + page->nr;
	int err = read_plot(home, page->template, &template);

	slot[SLOT_STYLE].name = "style";
	slot[SLOT_HEAD].name = "head";
	slot[SLOT_SCRIPT].name = "script";
	slot[SLOT_ALLOWED].name = "allowed";
	memcpy(slot + NR_ADDED, page->slot, page->nr * sizeof(*slot));
	if (!err)
		err = add_script(home, page->script, slot);
	if (!err)
		err = add_texts(home, template, slot, nr);
	*text = err ? NULL : fill_outlined(template, slot, nr);
	for (size_t i = 0; i < nr; i++)
		free(slot[i].text);
	free(slot);
	free(template);
	return err || *text ? err : -CAUSE_DAMAGED;
}

int page_make(const char *home, const struct page *page, const char *out_dir)
{
	char *text, *path = mem_printf("%s/%s", out_dir, page->name);
	int err = page_text(home, page, &text);

	if (!err)
		err = fs_save(path, text);

	free(path);
	free(text);
	return err;
}

int page_write(const char *home, const struct view *v)
{
	char *above = mem_printf("%s/..", v->out_dir);
	struct slot slot[NR_SECTIONS + 4] = { { "title", title(v) },
					      { "description", description(v) },
					      { "nav", page_nav(above, "../", "") },
					      { "id", id(v) } };
	struct page page = { "page.html", "index.html", "page.js", slot, NR_SECTIONS + 4 };

	free(above);
	for (size_t i = 0; i < NR_SECTIONS; i++) {
		struct buf b = { 0 };

		sections[i].put(&b, v);
		slot[i + 4] = (struct slot){ sections[i].name, buf_take(&b) };
	}
	return page_make(home, &page, v->out_dir);
}
