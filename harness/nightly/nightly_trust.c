/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A night runs as root what its settings name, and writes where they say, with nobody there to look. */
#include "nightly/nightly.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

#define SHELL " \t\n'\"`;|&<>()$="

static int trust_path(const char *what, const char *path)
{
	char *part = geteuid() ? NULL : owner_other_part(path);
	int err = 0;

	if (part)
		err = log_err(-CAUSE_CANT,
			      "%s: %s: not only root can change %s: give it to root alone, or take another",
			      what, path, part);
	free(part);
	return err;
}

/* Every word of a text that is a path: from the root, or of a file that is here. */
static int trust_words(const char *what, const char *text, const char *between)
{
	char *copy = mem_strdup(text), *rest = NULL;
	int err = 0;

	for (char *word = strtok_r(copy, between, &rest); word && !err; word = strtok_r(NULL, between, &rest))
		if (*word == '/' || (strchr(word, '/') && fs_exists(word)))
			err = trust_path(what, word);
	free(copy);
	return err;
}

int night_trust_file(const char *path)
{
	return trust_path("--config", path);
}

int night_trust(const struct night_conf *c)
{
	int err = 0;

	for (size_t i = 0; i < c->nr && !err; i++) {
		const struct night_value *v = &c->value[i];
		const char *name = night_key_name(v->key);

		if (v->key == NIGHT_PUBLISH)
			err = trust_path(name, v->text);
		else if (v->key == NIGHT_HOOK)
			err = trust_words(name, v->text, SHELL);
		else if (v->key == NIGHT_POLICY)
			err = trust_words(name, v->text, SHELL ":,");
	}
	return err;
}
