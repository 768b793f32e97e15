/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which task wakes which, by comm. Pure. */
#pragma once
#include "trace/trace.h"
#include "text/buf.h"

struct trace_pair {
	char from[LIFE_COMM], to[LIFE_COMM]; /* from "": an interrupt */
	uint64_t count;
};

struct trace_wakers {
	struct trace_pair *pair; /* the most frequent first */
	size_t nr;
	uint64_t total;
};

void trace_wakers_of(const struct trace *t, struct trace_wakers *w);
void trace_wakers_free(struct trace_wakers *w);
/* The most frequent pairs as a graph, at most max of them. Below its title it says how many are left out. */
void trace_wakers_dot(struct buf *b, const struct trace_wakers *w, size_t max, const char *title);
