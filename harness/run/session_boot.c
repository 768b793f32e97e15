/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which boot of a run this is, by the kernel's boot id. */
#include <stdlib.h>
#include <string.h>

#include "run/session_take.h"
#include "util/fs.h"
#include "util/mem.h"

static unsigned count_lines(const char *text)
{
	unsigned n = 0;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* Is id the last line of text, which ends with a newline? */
static bool ends_with(const char *text, const char *id)
{
	size_t len = strlen(text), n = strlen(id);

	return len > n && !strncmp(text + len - n - 1, id, n) && (len == n + 1 || text[len - n - 2] == '\n');
}

static int session_boot_append(const char *path, const char *text, const char *id)
{
	char *longer = mem_printf("%s%s\n", text, id);
	int err = fs_save(path, longer);

	free(longer);
	return err;
}

int session_boot(struct session *s)
{
	char *path = mem_printf("%s/boots", s->b->dir), *text, *id;
	int err = 0;

	if (fs_read(path, &text, NULL))
		text = mem_strdup("");
	if (fs_read_line(fs_sys("/proc/sys/kernel/random/boot_id"), &id))
		id = mem_strdup("unknown");
	s->boot = count_lines(text);
	if (!ends_with(text, id)) {
		s->boot++;
		err = session_boot_append(path, text, id);
	}
	free(id);
	free(text);
	free(path);
	return err;
}
