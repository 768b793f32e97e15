/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/control_file.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define BLANKS " \t\r"

static void add_change(struct control_file *f, const struct control_change *change, unsigned place)
{
	f->list = mem_grow(f->list, f->nr, sizeof(*f->list));
	f->place = mem_grow(f->place, f->nr, sizeof(*f->place));
	f->list[f->nr] = *change;
	f->place[f->nr++] = place;
}

/* The words of the rest of a line, NULL at the end. */
static char **split_words(char *rest)
{
	char **word = NULL, *save = NULL;
	size_t nr = 0;

	for (char *w = strtok_r(rest, BLANKS, &save); w; w = strtok_r(NULL, BLANKS, &save)) {
		word = mem_grow(word, nr, sizeof(*word));
		word[nr++] = w;
	}
	word = mem_grow(word, nr, sizeof(*word));
	word[nr] = NULL;
	return word;
}

static int read_reset(const struct control *c, struct control_file *f, char **word, unsigned place)
{
	struct control_change *all, one = { 0 };
	size_t nr;
	int err;

	if (word[0] && word[1])
		return log_err(-CAUSE_USAGE, "reset: unexpected word '%s'", word[1]);
	if (word[0] && strcmp(word[0], "hints")) {
		err = target_parse(word[0], &one.target);
		if (!err)
			add_change(f, &one, place);
		return err;
	}
	nr = control_reset_all(c, word[0], &all);
	for (size_t i = 0; i < nr; i++)
		add_change(f, &all[i], place);
	free(all);
	return 0;
}

static int read_line(const struct control *c, struct control_file *f, char *line, unsigned place)
{
	struct control_change change = { 0 };
	char *rest = line + strspn(line, BLANKS), *first = strsep(&rest, BLANKS), **word;
	int err;

	if (!*first || *first == '#')
		return 0;
	word = split_words(rest ? rest : first + strlen(first));
	if (!strcmp(first, "reset")) {
		err = read_reset(c, f, word, place);
		free(word);
		return err;
	}
	err = target_parse(first, &change.target);
	if (!err && !word[0])
		err = log_err(-CAUSE_USAGE, "'%s': give TARGET KEY=VALUE...", first);
	if (err) {
		free(word);
		return err;
	}
	change.words = word;
	add_change(f, &change, place);
	return 0;
}

static int blame_place(const char *name, const char *what, unsigned place, int err)
{
	log_warn("%s: nothing is changed because of %s %u", name, what, place);
	return err;
}

static int read_lines(const struct control *c, const char *name, struct control_file *f)
{
	char *rest = f->text, *line;

	for (unsigned place = 1; (line = strsep(&rest, "\n")); place++) {
		int err = read_line(c, f, line, place);

		if (err)
			return blame_place(name, "line", place, err);
	}
	return 0;
}

/* Is it a key that tells something of a rule, and sets nothing? */
static bool is_told(const char *key)
{
	static const char *const told[] = { "target", "layer", "age_s", "quota_now" };

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (!strcmp(key, told[i]))
			return true;
	return false;
}

/* The word that sets the key to this number, or to what this word says; NULL, logged. */
static char *word_of(const struct control_key *keys, const char *key, const json_t *value)
{
	char text[64];

	if (json_is_string(value))
		return mem_printf("%s=%s", key, json_string_value(value));
	for (int i = 0; keys[i].name; i++) {
		if (strcmp(keys[i].name, key) || !json_is_integer(value) || json_integer_value(value) < 0)
			continue;
		control_print(&keys[i], json_integer_value(value), text, sizeof(text));
		return mem_strdup(text);
	}
	log_err(-CAUSE_USAGE, "there is no '%s' to set to such a value: 'scxbench ctl list' names all", key);
	return NULL;
}

static void free_words(char *const *words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free((void *)words);
}

/* NULL, logged, when one is bad. */
static char **words_of(const struct control_key *keys, json_t *object)
{
	char **word = mem_zalloc(json_object_size(object) + 1, sizeof(*word));
	const char *key;
	json_t *value;
	size_t nr = 0;

	json_object_foreach (object, key, value) {
		if (keys != control_params && is_told(key))
			continue;
		word[nr] = word_of(keys, key, value);
		if (!word[nr++]) {
			free_words(word);
			return NULL;
		}
	}
	return word;
}

static int read_object(struct control_file *f, const char *target, json_t *object, unsigned place)
{
	struct control_change change = { 0 };
	int err = target_parse(target, &change.target);

	if (err)
		return err;
	change.words = words_of(control_keys(change.target.kind), object);
	if (!change.words)
		return -CAUSE_USAGE;
	if (change.words[0])
		add_change(f, &change, place);
	else
		free_words(change.words);
	return 0;
}

static int read_rule(struct control_file *f, json_t *rule, unsigned place)
{
	const char *target, *layer = "rule";

	if (json_unpack(rule, "{s:s, s?s}", "target", &target, "layer", &layer))
		return log_err(-CAUSE_USAGE, "a rule without a target");
	return strcmp(layer, "hint") ? read_object(f, target, rule, place) : 0;
}

static int read_root(const char *name, json_t *root, struct control_file *f)
{
	json_t *rules, *params = NULL, *rule;
	size_t i;
	int err = 0;

	if (json_unpack(root, "{s:o, s?o}", "rules", &rules, "params", &params) || !json_is_array(rules))
		return log_err(-CAUSE_USAGE, "%s is not what 'scxbench ctl show --json' prints", name);
	if (params)
		err = read_object(f, "policy", params, 0);
	json_array_foreach (rules, i, rule) {
		if (!err)
			err = read_rule(f, rule, i + 1);
		if (err)
			return blame_place(name, "rule", i + 1, err);
	}
	return err;
}

static int read_json(const char *name, struct control_file *f)
{
	json_error_t wrong;
	json_t *root = json_loads(f->text, JSON_REJECT_DUPLICATES, &wrong);
	int err = root ? read_root(name, root, f)
		       : log_err(-CAUSE_USAGE, "%s: line %d: %s", name, wrong.line, wrong.text);

	json_decref(root);
	return err;
}

int control_file_read(const struct control *c, const char *name, char *text, struct control_file *f)
{
	*f = (struct control_file){ .text = text };
	f->json = text[strspn(text, BLANKS "\n")] == '{';
	return f->json ? read_json(name, f) : read_lines(c, name, f);
}

void control_file_blame(const struct control_file *f, const char *name, size_t at)
{
	blame_place(name, f->json ? "rule" : "line", f->place[at], 0);
}

void control_file_free(struct control_file *f)
{
	for (size_t i = 0; i < f->nr; i++) {
		if (f->json)
			free_words(f->list[i].words);
		else
			free((void *)f->list[i].words);
	}
	free(f->list);
	free(f->place);
	free(f->text);
}
