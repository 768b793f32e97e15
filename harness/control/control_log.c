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

/* Of so many digits at least. */
static void put_number(struct buf *b, uint64_t n, int digits)
{
	char text[24], *end = text + sizeof(text), *at = end;

	do {
		*--at = (char)('0' + n % 10);
		n /= 10;
		digits--;
	} while (n || digits > 0);
	buf_bytes(b, at, (size_t)(end - at));
}

static void put_seconds(struct buf *b, uint64_t ns)
{
	put_number(b, ns / 1000000000, 1);
	buf_put(b, ".");
	put_number(b, ns / 1000 % 1000000, 6);
}

/* Without a JSON library, and without printf(): either was most of what a change took in user space. */
void control_log_add(struct buf *lines, const struct control_entry *e)
{
	buf_put(lines, "{\"time\":");
	put_seconds(lines, clock_ns_of(CLOCK_REALTIME));
	buf_put(lines, ",\"into_run_s\":");
	put_seconds(lines, e->into_run_ns);
	buf_put(lines, ",\"policy\":");
	put_string(lines, e->policy);
	buf_put(lines, ",\"target\":");
	put_string(lines, e->target);
	buf_put(lines, e->hint ? ",\"layer\":\"hint\",\"set\":" : ",\"layer\":\"rule\",\"set\":");
	put_words(lines, e->words);
	buf_put(lines, ",\"pid\":");
	put_number(lines, (uint64_t)getpid(), 1);
	buf_put(lines, ",\"comm\":");
	put_string(lines, program_invocation_short_name);
	buf_put(lines, "}\n");
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

/* One write, so lines of several processes do not mix. */
int control_log_write(int log, struct buf *lines)
{
	if (!lines->len)
		return log;
	log = renew(log);
	if (log >= 0 && write(log, lines->text, lines->len) < 0) {
		log_warn("the change is made, but can't be logged: %m");
		close(log);
		log = NO_LOG;
	}
	lines->len = 0;
	return log;
}
