/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

struct db_lock {
	char *database;
	int fd;
	bool known;
};

/* "scxbench bench --plan nightly": the command line of this process, without the program's path. */
static char *own_command(void)
{
	char *text, *slash, *command;
	size_t len;

	if (fs_read("/proc/self/cmdline", &text, &len) || !len)
		return mem_strdup("scxbench");
	slash = strrchr(text, '/'); /* in the first word: each word ends with NUL */
	for (size_t i = 0; i + 1 < len; i++)
		if ((unsigned char)text[i] < ' ')
			text[i] = ' ';
	command = mem_printf("%.80s", slash ? slash + 1 : text);
	free(text);
	return command;
}

/*
 * The state of the database: "closed SIZE SECONDS NANOSECONDS". The caller's to free; NULL without a
 * database.
 */
static char *state_of(const char *database)
{
	struct stat st;

	if (stat(database, &st))
		return NULL;
	return mem_printf("closed %lld %lld %ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
			  st.st_mtim.tv_nsec);
}

static void tell_lock(const struct db_lock *l, const char *text)
{
	if (ftruncate(l->fd, 0) || pwrite(l->fd, text, strlen(text), 0) < 0)
		log_warn("can't write %s.lock: %m", l->database);
}

static void tell_holder(const struct db_lock *l)
{
	char *command = own_command();
	char *text = mem_printf("held %d %lld %s", (int)getpid(), (long long)time(NULL), command);

	tell_lock(l, text);
	free(text);
	free(command);
}

/* "02:00", with the date if it is not today. */
static void clock_of(time_t since, char text[32])
{
	time_t now = time(NULL);
	struct tm then, today;

	localtime_r(&since, &then);
	localtime_r(&now, &today);
	strftime(text, 32,
		 then.tm_yday == today.tm_yday && then.tm_year == today.tm_year ? "%H:%M" : "%F %H:%M",
		 &then);
}

static int lock_refuse(const struct db_lock *l)
{
	char text[256] = "", since[32];
	long long at = 0;
	int pid = 0, command = 0;

	if (pread(l->fd, text, sizeof(text) - 1, 0) < 0 ||
	    sscanf(text, "held %9d %18lld %n", &pid, &at, &command) < 2 || !command)
		return log_err(-CAUSE_BUSY, "%s is held by another process: wait for it or end it",
			       l->database);
	clock_of((time_t)at, since);
	return log_err(-CAUSE_BUSY, "%s is held by '%s', process %d, since %s: wait for it or end it",
		       l->database, text + command, pid, since);
}

static bool is_known(const struct db_lock *l)
{
	char *state = state_of(l->database), text[128] = "";
	bool known = state && pread(l->fd, text, sizeof(text) - 1, 0) > 0 && !strcmp(text, state);

	free(state);
	return known;
}

/* When a process closes the file it loses its lock, through whichever descriptor it took that. */
static unsigned nr_held;

static int open_file(const struct db_lock *l, int flags)
{
	char *path = mem_printf("%s.lock", l->database);
	int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);

	free(path);
	return fd;
}

bool db_lock_knew(const char *database)
{
	struct db_lock l = { .database = (char *)database, .fd = -1 };
	bool known;

	if (!nr_held)
		l.fd = open_file(&l, O_RDONLY);
	known = l.fd >= 0 && is_known(&l);
	if (l.fd >= 0)
		close(l.fd);
	return known;
}

/*
 * Who can open the file can lock it, also a reader against all writers. So it is open to those that may write
 * in its folder, and to nobody else.
 */
static void fix_mode(const struct db_lock *l)
{
	char *copy = mem_strdup(l->database);
	struct stat dir, st;
	mode_t mode;

	if (!stat(dirname(copy), &dir) && !fstat(l->fd, &st)) {
		mode = dir.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH);
		mode |= mode << 1; /* and to read what they write */
		if ((st.st_mode & 07777) != mode && (!geteuid() || st.st_uid == geteuid()))
			fchmod(l->fd, mode);
	}
	free(copy);
}

/* Root is here as the owner of the folder (util/owner.h), and root's own files may be in it. */
static int refuse_to_open(const struct db_lock *l)
{
	char *copy;
	int err = errno;

	if (err != EACCES || geteuid())
		return log_err(cause_of_file(-err), "can't lock %s: %s", l->database, strerror(err));
	copy = mem_strdup(l->database);
	log_err(-CAUSE_CANT,
		"can't lock %s: the owner of its folder may not: 'chown -R --reference=%s %s' gives it back",
		l->database, dirname(copy), copy);
	free(copy);
	return -CAUSE_CANT;
}

static int take_lock(struct db_lock *l)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	l->fd = open_file(l, O_RDWR | O_CREAT);
	if (l->fd < 0)
		return refuse_to_open(l);
	fix_mode(l);
	if (fcntl(l->fd, F_SETLK, &whole))
		return errno == EAGAIN || errno == EACCES ? lock_refuse(l)
							  : log_err(-errno, "can't lock %s: %m", l->database);
	l->known = is_known(l);
	tell_holder(l);
	return 0;
}

static void db_lock_free(struct db_lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	free(l->database);
	free(l);
}

int db_lock_take(const char *database, struct db_lock **lock)
{
	struct db_lock *l = mem_zalloc(1, sizeof(*l));
	int err;

	l->database = mem_strdup(database);
	err = take_lock(l);
	if (err)
		db_lock_free(l);
	else
		*lock = l;
	nr_held += !err;
	return err;
}

bool db_lock_knows(const struct db_lock *lock)
{
	return lock->known;
}

void db_lock_release(struct db_lock *lock, bool sound)
{
	char *state = sound ? state_of(lock->database) : NULL;

	tell_lock(lock, state ? state : "");
	free(state);
	nr_held--;
	db_lock_free(lock);
}
