/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a commit is built to, kept by its hash, so that no commit is built twice.
 *
 * The command is a shell's. It runs in a clean tree of the commit, as the owner of the results, with
 * BISECT_COMMIT, the hash, and BISECT_FILE, the absolute path of the file that it is to make. Without a
 * command a file that the commit has itself is taken as it is, else 'make' runs. A command that fails, or
 * makes no such file, tells nothing of the policy: the commit can't be built.
 */
#pragma once
#include "bisect/bisection.h"

/*
 * 0: it is there. 1: the commit can't be built, and *why says so, the caller's to free. Else a negative
 * cause, logged: nothing is known.
 */
int build_commit(const struct bisection *job, const char *hash, char **why);
/* Where it is then, below the results; the caller's to free. */
char *build_path(const struct bisection *job, const char *hash);
/* Are both the same to the byte? */
bool build_same(const struct bisection *job, const char *hash, const char *other);
