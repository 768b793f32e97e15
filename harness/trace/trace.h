/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trace: the records of a window of a running policy (life/trace_records.h), and how they are taken. */
#pragma once
#include <stdbool.h>
#include "life/life_watch.h"
#include "life/trace_records.h"

/*
 * Records from the attach of the programs until more(), which is called some times a second, returns false.
 */
struct trace_window {
	struct life_watch_setup watch;
	bool (*more)(void *ctx);
	void *ctx;
};
/* 0 or an error, logged. -CAUSE_CANT: the life of tasks can't be watched on this kernel. */
int trace_take(const struct trace_window *window, struct trace *t);
