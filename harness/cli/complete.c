/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/complete.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/list.h"
#include "nightly/nightly_conf.h"
#include "top/top.h"
#include "util/mem.h"

const char *const complete_shells[] = { "bash", "zsh", "fish", NULL };

void complete_print(int shell)
{
	static void (*const make[])(struct buf *b) = { complete_bash, complete_zsh, complete_fish };
	struct buf b = { 0 };
	char *text;

	make[shell](&b);
	text = buf_take(&b);
	fputs(text, stdout);
	free(text);
}

static void put_word(struct buf *b, const char *word)
{
	buf_put(b, b->len ? " " : "");
	buf_put(b, word);
}

static char *words_of(const char *const *list)
{
	struct buf b = { 0 };

	for (; *list; list++)
		put_word(&b, *list);
	return buf_take(&b);
}

static char *words_of_views(void)
{
	return words_of(top_views);
}

static char *words_of_sorts(void)
{
	return words_of(top_sorts);
}

static char *words_of_shells(void)
{
	return words_of(complete_shells);
}

static char *words_of_commands(void)
{
	struct buf b = { 0 };

	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command)
			put_word(&b, e->command->name);
	return buf_take(&b);
}

static char *words_of_keys(void)
{
	struct buf b = { 0 };

	for (enum night_key k = 0; k < NR_NIGHT_KEYS; k++) {
		put_word(&b, night_key_name(k));
		buf_put(&b, "=");
	}
	return buf_take(&b);
}

static char *words_of_list_kinds(void)
{
	return words_of(list_kinds);
}

const struct complete_kind complete_kinds[] = {
	{ .arg = "POLICY", .ask = "list --names policies" },
	{ .arg = "WORKLOAD", .ask = "list --names workloads" },
	{ .arg = "PLAN", .ask = "list --names plans" },
	{ .arg = "RUN A B", .ask = "report --list" },
	{ .arg = "KIND", .words = words_of_list_kinds },
	{ .arg = "VIEW", .words = words_of_views },
	{ .arg = "KEY", .words = words_of_sorts },
	{ .arg = "KEY=VALUE", .words = words_of_keys, .goes_on = true },
	{ .arg = "SHELL", .words = words_of_shells },
	{ .arg = "COMMAND", .words = words_of_commands },
	{ .arg = "FILE PATH", .is_file = true },
	{ .arg = "DIR RUN_DIR", .is_dir = true },
	{ 0 },
};

/* Is it one of the words that have blanks between them? */
static bool is_among(const char *words, const char *word, size_t len)
{
	for (; *words; words += strspn(words, " ")) {
		size_t next = strcspn(words, " ");

		if (next == len && !strncmp(words, word, len))
			return true;
		words += next;
	}
	return false;
}

const struct complete_kind *complete_kind_of(const char *arg, size_t len)
{
	for (const struct complete_kind *k = complete_kinds; k->arg; k++)
		if (is_among(k->arg, arg, len))
			return k;
	return NULL;
}

static void add_kind(struct complete_words *w, const struct complete_kind *kind)
{
	for (unsigned i = 0; i < w->nr_kinds; i++)
		if (w->kind[i] == kind)
			return;
	if (kind && !kind->goes_on && w->nr_kinds < sizeof(w->kind) / sizeof(*w->kind))
		w->kind[w->nr_kinds++] = kind;
}

/* A form is words, some in brackets, some repeated; options in it are completed as options. */
void complete_words_of(const struct command *c, struct complete_words *w)
{
	const char *form = c->argp.args_doc ? c->argp.args_doc : "";
	struct buf plain = { 0 };

	*w = (struct complete_words){ 0 };
	for (; *form; form += strspn(form, " \n[].")) {
		size_t len = strcspn(form, " \n[].");
		bool literal = islower((unsigned char)*form);
		char *word = mem_printf("%.*s", (int)len, form);

		if (!strcmp(word, "--"))
			len = strlen(form); /* another program's */
		else if (literal)
			put_word(&plain, word);
		else
			add_kind(w, complete_kind_of(word, len));
		free(word);
		form += len;
	}
	buf_put(&plain, "");
	w->plain = buf_take(&plain);
}

void complete_put_summary(struct buf *b, const char *text)
{
	for (; *text && *text != ';' && *text != '(' && strncmp(text, ": ", 2); text++)
		if (*text == ' ' && (text[1] == '(' || !text[1]))
			break;
		else if (*text == '\'')
			buf_put(b, "\"");
		else if (!strchr("[]:\\", *text))
			buf_bytes(b, text, 1);
		else
			buf_put(b, " ");
}
