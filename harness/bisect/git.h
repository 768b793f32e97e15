/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a bisection asks git for. The user's repository is only read: of it come names of commits, and its
 * objects, which a repository of ours borrows (gitrepository-layout(5), alternates). In that, "tree" in the
 * folder of the bisection, the graph is walked and commits are checked out. git runs as the owner of that
 * folder. All log the cause of an error and return it.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define GIT_HASH 64 /* characters of the longest there is */
#define GIT_TREE "tree"

struct git_range {
	const char *dir; /* of the bisection */
	bool first_parent;
};

/* What the caller's environment says of another repository is not ours. Once, before all others. */
void git_begin(void);
/* The commit of a name in the user's repository. dir: any of ours, where git may write. */
int git_commit(const char *dir, const char *repo, const char *name, char hash[GIT_HASH + 1]);
/* Makes our repository, or finds it there. hash: any, for the kind of hashes. */
int git_borrow(const char *dir, const char *repo, const char *hash);
/* -CAUSE_USAGE where good is no ancestor of bad. *commits: those of which one is the first bad one. */
int git_count(const struct git_range *r, const char *good, const char *bad, unsigned *commits);
/*
 * Commits of which bad is the first or a descendant, without all ancestors of the good ones, NULL-terminated;
 * that one first which halves them best, bad itself last. Freed by git_list_free(), also after an error.
 */
int git_left(const struct git_range *r, const char *bad, const char *const *good, char ***list);
void git_list_free(char **list);
/* Its tree, and nothing else. */
int git_checkout(const char *dir, const char *hash);
/* The first of its parents; "" for none. */
int git_parent(const char *dir, const char *hash, char parent[GIT_HASH + 1]);

struct git_about {
	char *author, *date, *subject; /* in UTF-8; the date as ISO 8601 has it */
};
int git_about(const char *dir, const char *hash, struct git_about *about);
void git_about_free(struct git_about *about);
