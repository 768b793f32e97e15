/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/policy.h"
#include "util/fs.h"

#define SCX "/sys/kernel/sched_ext/"

static void read_text(const char *file, char *out, size_t len)
{
	char *line = NULL;

	if (fs_read_line(fs_sys(SCX "%s", file), &line) == 0)
		snprintf(out, len, "%s", line);
	free(line);
}

void scx_state_read(struct scx_state *s)
{
	char all[4] = "";

	*s = (struct scx_state){ .present = fs_exists(fs_sys(SCX "state")) };
	read_text("state", s->state, sizeof(s->state));
	read_text("switch_all", all, sizeof(all));
	s->partial = !strcmp(all, "0") && !strcmp(s->state, "enabled");
	read_text("root/ops", s->ops, sizeof(s->ops));
	fs_read_u64(fs_sys(SCX "enable_seq"), &s->enable_seq);
	fs_read_u64(fs_sys(SCX "nr_rejected"), &s->nr_rejected);
}
