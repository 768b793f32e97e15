/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A shot of the monitor as a JSON object and back: a line of a record (results/README.md has its keys). What
 * no view shows is left out: the keys that tasks are sorted by.
 */
#pragma once
#include "monitor/monitor_shot.h"
#include "record/json.h"

/* A column of the rows that stand for tasks; each is a number. A row ends with the name of the task. */
struct frame_column {
	const char *name;
	size_t at, size; /* in struct mon_task */
};
extern const struct frame_column frame_columns[];
extern const unsigned frame_nr_columns;

json_t *frame_json(const struct monitor_shot *shot);
/*
 * Takes ownership of the object. where: its name in messages. 0, or -CAUSE_DAMAGED, logged: a member is
 * missing or can't be. The caller frees the shot in any case.
 */
int frame_read(const char *where, json_t *object, struct monitor_shot *shot);
