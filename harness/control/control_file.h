/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A list of changes as a text: a change a line,
 *
 *	TARGET KEY=VALUE...	adds to what is set for the target
 *	reset TARGET		takes it back
 *	reset			takes back every rule that is there now; "reset hints" every hint
 *
 * with empty lines, and comments from a '#' at their beginning; or what 'ctl show --json' printed, the rules
 *of which are set again, and the hints left out.
 */
#pragma once
#include "control/control.h"

struct control_file {
	struct control_change *list; /* for control_apply() */
	unsigned *place;	     /* of each: its line, in JSON its number in the list of rules from 1 */
	size_t nr;
	bool json;
	char *text; /* the words of a text are in it */
};

/*
 * Takes the text over, which is freed by control_file_free(), also after an error. -CAUSE_USAGE or
 * -CAUSE_NOT_FOUND (a target), logged with name and place.
 */
int control_file_read(const struct control *c, const char *name, char *text, struct control_file *f);
void control_file_free(struct control_file *f);
/* Says in a line where in the file a change is that failed. */
void control_file_blame(const struct control_file *f, const char *name, size_t at);
