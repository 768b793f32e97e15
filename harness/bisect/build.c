/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/build.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "util/cause.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

#define KEPT "kept"
#define LOG "build.log"

static char *base_of(const struct bisection *job)
{
	char *copy = mem_strdup(job->policy.path), *base = mem_strdup(basename(copy));

	free(copy);
	return base;
}

char *build_path(const struct bisection *job, const char *hash)
{
	char *base = base_of(job), *path = mem_printf("bisect/%s/" KEPT "/%s/%s", job->id, hash, base);

	free(base);
	return path;
}

static char *kept_file(const struct bisection *job, const char *hash)
{
	char *below = build_path(job, hash), *path = mem_printf("%s/%s", job->results, below);

	free(below);
	return path;
}

/* A program in the tree of the commit, what it prints in the log of the build. Its exit code; -1: a signal.
 */
static int run_in_tree(const struct bisection *job, const char *hash, struct child *c)
{
	char *tree = mem_printf("%s/" GIT_TREE, job->dir), *log = mem_printf("../" KEPT "/%s/" LOG, hash);
	int code = child_tool(c, tree, log);

	free(tree);
	free(log);
	return code;
}

static void tell_build(const struct bisection *job, const char *hash)
{
	char *file = mem_printf("%s/" GIT_TREE "/%s", job->dir, job->policy.path);

	setenv("BISECT_COMMIT", hash, 1);
	setenv("BISECT_FILE", file, 1);
	free(file);
}

static int run_command(const struct bisection *job, const char *hash, const char *command)
{
	struct child c = { 0 };

	tell_build(job, hash);
	child_arg(&c, "sh");
	child_arg(&c, "-c");
	child_arg(&c, command);
	return run_in_tree(job, hash, &c);
}

/* Whole or not at all, with the rights that it has. */
static int keep_file(const struct bisection *job, const char *hash)
{
	char *to = kept_file(job, hash);
	struct child c = { 0 };
	int code;

	child_arg(&c, "sh");
	child_arg(&c, "-euc");
	child_arg(&c, "cp -- \"$1\" \"$2.new\"; sync -- \"$2.new\"; mv -- \"$2.new\" \"$2\"");
	child_arg(&c, "sh");
	child_arg(&c, job->policy.path);
	child_arg(&c, to);
	code = run_in_tree(job, hash, &c);
	free(to);
	return code ? log_err(-CAUSE_DISK, "what commit %.12s was built to can't be kept in %s", hash,
			      job->dir)
		    : 0;
}

/* Remembers why, so that the commit is not built again. */
static int keep_failure(const struct bisection *job, const char *hash, int code, char **why)
{
	char *path = mem_printf("%s/" KEPT "/%s/failed", job->dir, hash);
	int err;

	*why = code ? mem_printf("the build ended with %d: see %s/" KEPT "/%s/" LOG, code, job->dir, hash)
		    : mem_printf("the build made no %s", job->policy.path);
	err = fs_save(path, *why);
	free(path);
	return err ? err : 1;
}

/* What is run for a commit whose tree is there; NULL: nothing. */
static const char *command_for(const struct bisection *job, const char *file)
{
	if (job->build)
		return job->build;
	return fs_exists(file) ? NULL : "make";
}

static int build_now(const struct bisection *job, const char *hash, char **why)
{
	char *file = mem_printf("%s/" GIT_TREE "/%s", job->dir, job->policy.path);
	int err = git_checkout(job->dir, hash), code = 0;
	const char *command = command_for(job, file);

	if (!err && command)
		code = run_command(job, hash, command);
	if (interrupted())
		err = -CAUSE_INTERRUPTED;
	else if (code < 0)
		err = log_err(-CAUSE_FAILED, "the build of commit %.12s was ended by a signal", hash);
	if (!err)
		err = code || !fs_exists(file) ? keep_failure(job, hash, code, why) : keep_file(job, hash);
	free(file);
	return err;
}

int build_commit(const struct bisection *job, const char *hash, char **why)
{
	char *dir = mem_printf("%s/" KEPT "/%s", job->dir, hash), *file = kept_file(job, hash),
	     *failed = mem_printf("%s/failed", dir);
	int err;

	*why = NULL;
	if (fs_exists(file))
		err = 0;
	else if (fs_exists(failed))
		err = fs_load(failed, why) ?: 1;
	else
		err = fs_make_dir(dir) ?: build_now(job, hash, why);
	free(dir);
	free(file);
	free(failed);
	return err;
}

bool build_same(const struct bisection *job, const char *hash, const char *other)
{
	char *path[] = { kept_file(job, hash), kept_file(job, other) }, *bytes[2] = { NULL, NULL };
	size_t len[2] = { 0, 0 };
	bool same = true;

	for (int i = 0; i < 2; i++) {
		same &= !fs_read(path[i], &bytes[i], &len[i]);
		free(path[i]);
	}
	same = same && len[0] == len[1] && !memcmp(bytes[0], bytes[1], len[0]);
	free(bytes[0]);
	free(bytes[1]);
	return same;
}
