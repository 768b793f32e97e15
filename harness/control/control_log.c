/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/control_log.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "host/host.h"
#include "host/state_dir.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"
#include "util/utf8.h"

static json_t *list_words(char *const *words)
{
	json_t *list = words ? json_array() : json_null();

	for (; words && *words; words++)
		json_array_append_new(list, json_string(*words));
	return list;
}

static char *line_of(const struct control_entry *e)
{
	char *target = utf8_clean(e->target), *text, *line;
	json_t *json;

	json = json_pack("{sf sf ss ss ss so si ss}", "time", clock_ns_of(CLOCK_REALTIME) / 1e9, "into_run_s",
			 e->into_run_s, "policy", e->policy, "target", target, "layer",
			 e->hint ? "hint" : "rule", "set", list_words(e->words), "pid", getpid(), "comm",
			 program_invocation_short_name);
	text = json ? json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(15)) : NULL;
	json_decref(json);
	free(target);
	line = mem_printf("%s\n", text ? text : "{}");
	free(text);
	return line;
}

static char *log_path(void)
{
	const char *env = getenv("SCXBENCH_CONTROL_LOG");
	char *run, *path;

	if (env && *env)
		return mem_strdup(env);
	run = host_published_run();
	path = mem_printf("%s/control.log", run ? run : fs_sys(STATE_DIR));
	free(run);
	return path;
}

/* Whoever may ask for changes could fill the disk with them. */
static void keep_small(const char *path)
{
	char *old = mem_printf("%s.old", path);
	struct owner o = owner_enter(path);
	struct stat st;

	if (!lstat(path, &st) && S_ISREG(st.st_mode) && st.st_size >= CONTROL_LOG_BYTES && rename(path, old))
		log_warn("%s can't be renamed: %m", path);
	owner_leave(&o);
	free(old);
}

int control_log_open(void)
{
	char *path = log_path();
	int log;

	keep_small(path);
	log = owner_create(path, O_WRONLY | O_APPEND, 0644);
	if (log < 0)
		log_warn("%s can't be written: changes are made, but not logged: %m", path);
	free(path);
	return log;
}

#define NO_LOG (-2) /* it can't be written */

/* The descriptor, or that of a new log when this one has grown large. */
static int renew(int log)
{
	struct stat st;

	if (log == NO_LOG || (log >= 0 && (fstat(log, &st) || st.st_size < CONTROL_LOG_BYTES)))
		return log;
	if (log >= 0)
		close(log);
	log = control_log_open();
	return log < 0 ? NO_LOG : log;
}

/* One write for each line, so lines of several processes do not mix. */
int control_log(int log, const struct control_entry *e)
{
	char *line = line_of(e);

	log = renew(log);
	if (log >= 0 && write(log, line, strlen(line)) < 0) {
		log_warn("the change is made, but can't be logged: %m");
		close(log);
		log = NO_LOG;
	}
	free(line);
	return log;
}
