/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/control_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "host/host.h"
#include "host/state_dir.h"
#include "text/buf.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"
#include "util/utf8.h"

static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 127 && c != '"' && c != '\\';
}

static void put_clean(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if (is_plain(*text) || *text & 0x80)
			buf_bytes(b, text, 1);
		else
			buf_printf(b, "\\u%04x", *text);
	}
}

/* Nearly always it is a name or a word of ASCII. */
static void put_string(struct buf *b, const char *text)
{
	size_t len = 0;
	char *clean;

	while (is_plain(text[len]))
		len++;
	buf_put(b, "\"");
	buf_bytes(b, text, len);
	if (text[len]) {
		clean = utf8_clean(text + len);
		put_clean(b, clean);
		free(clean);
	}
	buf_put(b, "\"");
}

static void put_words(struct buf *b, char *const *words)
{
	buf_put(b, words ? "[" : "null");
	for (char *const *word = words; word && *word; word++) {
		if (word > words)
			buf_put(b, ",");
		put_string(b, *word);
	}
	if (words)
		buf_put(b, "]");
}

/* Without a JSON library, which took three quarters of the instructions of a change. */
static void put_line(struct buf *b, const struct control_entry *e)
{
	uint64_t us = clock_ns_of(CLOCK_REALTIME) / 1000, into_us = e->into_run_ns / 1000;

	buf_printf(b, "{\"time\":%llu.%06llu,\"into_run_s\":%llu.%06llu,\"policy\":", us / 1000000ULL,
		   us % 1000000ULL, into_us / 1000000ULL, into_us % 1000000ULL);
	put_string(b, e->policy);
	buf_put(b, ",\"target\":");
	put_string(b, e->target);
	buf_put(b, e->hint ? ",\"layer\":\"hint\",\"set\":" : ",\"layer\":\"rule\",\"set\":");
	put_words(b, e->words);
	buf_printf(b, ",\"pid\":%d,\"comm\":", getpid());
	put_string(b, program_invocation_short_name);
	buf_put(b, "}\n");
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
	if (log == NO_LOG || (log >= 0 && lseek(log, 0, SEEK_END) < CONTROL_LOG_BYTES))
		return log;
	if (log >= 0)
		close(log);
	log = control_log_open();
	return log < 0 ? NO_LOG : log;
}

/* One write for each line, so lines of several processes do not mix. */
int control_log(int log, const struct control_entry *e)
{
	struct buf line = { 0 };

	put_line(&line, e);
	log = renew(log);
	if (log >= 0 && write(log, line.text, line.len) < 0) {
		log_warn("the change is made, but can't be logged: %m");
		close(log);
		log = NO_LOG;
	}
	free(line.text);
	return log;
}
