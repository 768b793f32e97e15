/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/git.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"
#include "util/utf8.h"

#define HEX "0123456789abcdef"
#define NO_PROGRAM 127
#define WORDS(...)                \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

void git_begin(void)
{
	static const char *const other[] = {
		"GIT_DIR",	  "GIT_WORK_TREE",	  "GIT_INDEX_FILE",
		"GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
		"GIT_NAMESPACE"
	};

	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		unsetenv(other[i]);
}

/* And removes it. The folder may be another user's. */
static void read_own(const char *path, char **text)
{
	struct owner o = owner_enter(path);

	if (fs_read(path, text, NULL))
		*text = mem_strdup("");
	unlink(path);
	owner_leave(&o);
}

/*
 * Runs git in a repository, with words that end with NULL. *text: what it printed, its messages too; the
 * caller's to free. Returns its exit code. A repository of another user is no fault here: nothing in it is
 * run.
 */
static int git_run(const char *dir, const char *repo, const char *const *word, char **text)
{
	char *log = mem_printf("git.%d.log", getpid()), *path = mem_printf("%s/%s", dir, log);
	struct child c = { 0 };
	int code;

	child_arg(&c, "git");
	child_arg(&c, "-c");
	child_arg(&c, "safe.directory=*");
	child_arg(&c, "-C");
	child_arg(&c, repo);
	for (; *word; word++)
		child_arg(&c, *word);
	code = child_tool(&c, dir, log);
	read_own(path, text);
	free(log);
	free(path);
	return code;
}

/* The last line, for a terminal; the caller's to free. */
static char *last_of(char *text)
{
	size_t len = strlen(text);
	char *line;

	while (len && text[len - 1] == '\n')
		text[--len] = '\0';
	line = strrchr(text, '\n');
	return utf8_printable(line ? line + 1 : text, 0);
}

/* What its exit code means for us. */
static int git_result(int code, char *text)
{
	char *line;

	if (!code)
		return 0;
	if (interrupted())
		return -CAUSE_INTERRUPTED;
	if (code == NO_PROGRAM)
		return log_err(-CAUSE_CANT, "git can't be run: install it");
	line = last_of(text);
	log_err(-CAUSE_CANT, "git failed: %s", line);
	free(line);
	return -CAUSE_CANT;
}

static int git_tree(const char *dir, const char *const *word, char **text)
{
	int code = git_run(dir, GIT_TREE, word, text);

	return git_result(code, *text);
}

/* The hash that a line begins with. */
static bool take_hash(const char *line, char hash[GIT_HASH + 1])
{
	size_t len = strspn(line, HEX);

	*hash = '\0';
	if (len != 40 && len != GIT_HASH)
		return false;
	snprintf(hash, GIT_HASH + 1, "%.*s", (int)len, line);
	return true;
}

int git_commit(const char *dir, const char *repo, const char *name, char hash[GIT_HASH + 1])
{
	char *commit = mem_printf("%s^{commit}", name), *text;
	int code = git_run(dir, repo, WORDS("rev-parse", "--verify", "--quiet", "--end-of-options", commit),
			   &text),
	    err = 0;

	if (code == NO_PROGRAM || interrupted())
		err = git_result(code, text);
	else if (code || !take_hash(text, hash))
		err = log_err(-CAUSE_NOT_FOUND, "%s has no commit '%s': name one, or give --repo", repo,
			      name);
	free(commit);
	free(text);
	return err;
}

int git_borrow(const char *dir, const char *repo, const char *hash)
{
	char *to = mem_printf("%s/" GIT_TREE "/.git/objects/info/alternates", dir), *objects = NULL,
	     *text = NULL;
	const char *format = strlen(hash) == GIT_HASH ? "--object-format=sha256" : "--object-format=sha1";
	int code, err = 0;

	if (!fs_exists(to)) {
		code = git_run(dir, repo,
			       WORDS("rev-parse", "--path-format=absolute", "--git-path", "objects"),
			       &objects);
		err = git_result(code, objects);
		if (!err) {
			code = git_run(dir, ".", WORDS("init", "--quiet", "--template=", format, GIT_TREE),
				       &text);
			err = git_result(code, text);
		}
		if (!err)
			err = fs_save(to, objects);
	}
	free(objects);
	free(text);
	free(to);
	return err;
}

int git_count(const struct git_range *r, const char *good, const char *bad, unsigned *commits)
{
	char *ancestor = NULL, *text = NULL, *range = mem_printf("%s..%s", good, bad);
	int code = git_run(r->dir, GIT_TREE, WORDS("merge-base", "--is-ancestor", good, bad), &ancestor), err;

	if (code == 1)
		err = log_err(-CAUSE_USAGE,
			      "GOOD is no ancestor of BAD: name a commit from which BAD comes, as GOOD");
	else
		err = git_result(code, ancestor);
	if (!err)
		err = git_tree(r->dir,
			       WORDS("rev-list", "--count", range, r->first_parent ? "--first-parent" : NULL),
			       &text);
	*commits = err ? 0 : (unsigned)strtoul(text, NULL, 10);
	if (!err && !*commits)
		err = log_err(-CAUSE_USAGE, "GOOD and BAD are the same commit");
	free(ancestor);
	free(text);
	free(range);
	return err;
}

/* Of lines "HASH (dist=7)". */
static char **take_list(char *text)
{
	char **list = NULL, *rest = text, *line, hash[GIT_HASH + 1];
	size_t nr = 0;

	while ((line = strsep(&rest, "\n")))
		if (take_hash(line, hash)) {
			list = mem_grow(list, nr, sizeof(*list));
			list[nr++] = mem_strdup(hash);
		}
	list = mem_grow(list, nr, sizeof(*list));
	list[nr] = NULL;
	return list;
}

/* Behind those that are there, with a NULL behind them all. */
static void put_words(const char ***list, size_t *nr, const char *const *word)
{
	for (;; word++, ++*nr) {
		*list = mem_grow(*list, *nr, sizeof(**list));
		(*list)[*nr] = *word;
		if (!*word)
			break;
	}
}

int git_left(const struct git_range *r, const char *bad, const char *const *good, char ***list)
{
	const char *const *begin = r->first_parent
					   ? WORDS("rev-list", "--bisect-all", "--first-parent", bad, "--not")
					   : WORDS("rev-list", "--bisect-all", bad, "--not");
	const char **word = NULL;
	char *text = NULL;
	size_t nr = 0;
	int err;

	put_words(&word, &nr, begin);
	put_words(&word, &nr, good);
	err = git_tree(r->dir, word, &text);
	*list = take_list(text);
	free(word);
	free(text);
	return err;
}

void git_list_free(char **list)
{
	for (char **hash = list; hash && *hash; hash++)
		free(*hash);
	free(list);
}

int git_checkout(const char *dir, const char *hash)
{
	char *out = NULL, *cleaned = NULL;
	int err = git_tree(dir, WORDS("checkout", "--force", "--quiet", "--detach", hash), &out);

	if (!err)
		err = git_tree(dir, WORDS("clean", "-ffdxq"), &cleaned);
	free(out);
	free(cleaned);
	return err;
}

int git_parent(const char *dir, const char *hash, char parent[GIT_HASH + 1])
{
	char *text = NULL;
	int err = git_tree(dir, WORDS("show", "-s", "--no-show-signature", "--format=%P", hash), &text);

	*parent = '\0';
	if (!err)
		take_hash(text, parent);
	free(text);
	return err;
}

int git_about(const char *dir, const char *hash, struct git_about *about)
{
	char *text = NULL, *rest;
	int err = git_tree(dir, WORDS("show", "-s", "--no-show-signature", "--format=%an%n%aI%n%s", hash),
			   &text);

	*about = (struct git_about){ 0 };
	rest = text;
	if (!err) {
		about->author = utf8_clean(strsep(&rest, "\n"));
		about->date = utf8_clean(strsep(&rest, "\n"));
		about->subject = utf8_clean(strsep(&rest, "\n"));
	}
	free(text);
	return err;
}

void git_about_free(struct git_about *about)
{
	free(about->author);
	free(about->date);
	free(about->subject);
}
