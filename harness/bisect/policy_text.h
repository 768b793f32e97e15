/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A policy of a commit: of its text, as in bench, one part is a path in the repository.
 * "build/x.bpf.o:slice_us=100" or "cmd:target/release/scx_x --some". Pure.
 */
#pragma once

struct policy_text {
	char *before, *path, *after;
};

/* -CAUSE_USAGE, logged, for what is no such text, or a path that leads out of the repository. */
int policy_text_split(const char *text, struct policy_text *parts);
void policy_text_free(struct policy_text *parts);
/* With a name, and the path where the file is now; the caller's to free. */
char *policy_text_join(const char *name, const struct policy_text *parts, const char *path);
