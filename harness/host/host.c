/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/host.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/change.h"
#include "host/lock.h"
#include "host/settings.h"
#include "host/state_dir.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/self.h"

#define LOCK STATE_DIR "/lock"

static const char *restore_file(void)
{
	return fs_sys(STATE_DIR "/host-restore");
}

static int host_lock(void)
{
	int err = state_dir_make();

	return err ? err : lock_take(fs_sys(LOCK));
}

static bool is_as_before(const struct change *c)
{
	char *value;
	bool same = !change_read(c->path, &value) && !strcmp(value, c->before);

	free(value);
	return same;
}

/*
 * Restores one setting. One that no longer exists (a CPU, a daemon) needs nothing. What drivers altered has
 * mostly come back with its cause: it is not written, because a limit that is written is a user's own limit.
 */
static int put_back(const struct change *c)
{
	int err = is_as_before(c) ? 0 : change_write(c->path, c->before);

	if (err == -ENOENT)
		log_warn("%s is gone and can't be put back to '%s'", c->path, c->before);
	else if (err)
		return log_err(err, "%s can't be put back to '%s': %s", c->path, c->before, strerror(-err));
	return 0;
}

/* Restores every setting of the restore file that it can, the last one first; then removes the file. */
static int apply_restore_file(void)
{
	struct changes c;
	char *text;
	int err = fs_read_trusted(restore_file(), &text);

	if (err == -EPERM || err == -ELOOP)
		return log_err(
			-CAUSE_DAMAGED,
			"%s is not a file that only %s can write, so it isn't used: look at it, then remove it",
			restore_file(), geteuid() ? "its user" : "root");
	if (err)
		return err == -ENOENT ? 0
				      : log_err(err, "%s can't be read: %s", restore_file(), strerror(-err));
	err = changes_parse(text, &c);
	free(text);
	if (err)
		return log_err(-CAUSE_DAMAGED,
			       "%s is damaged: restore the settings in it by hand, then remove it",
			       restore_file());
	for (size_t i = c.nr; i--;)
		if (changes_is_first(&c, i) && put_back(&c.change[i]))
			err = -EIO;
	changes_free(&c);
	if (!err && unlink(restore_file()))
		err = log_err(-errno, "%s can't be removed: %s", restore_file(), strerror(errno));
	return err;
}

static int recover_locked(void)
{
	int err;

	if (!fs_exists(restore_file()))
		return 0;
	err = apply_restore_file();
	if (!err)
		log_info(
			"an earlier run was killed: this machine's settings are put back as they were before it");
	return err;
}

static int make_changes(const struct changes *c)
{
	char *text = changes_text(c);
	mode_t mask = umask(022); /* or it is not trusted */
	int err = c->nr ? fs_write_durable(restore_file(), text, strlen(text)) : 0;

	umask(mask);
	free(text);
	if (err)
		return state_dir_refused(err, restore_file(), "written");
	for (size_t i = 0; i < c->nr && !err; i++) {
		if (!c->change[i].after)
			continue;
		err = change_write(c->change[i].path, c->change[i].after);
		if (err)
			err = log_err(-CAUSE_CANT, "%s can't be set to '%s': %s", c->change[i].path,
				      c->change[i].after, strerror(-err));
	}
	if (err)
		apply_restore_file();
	return err;
}

static int host_set(const struct host_wish *wish)
{
	struct changes c = { 0 };
	int err = settings_plan(wish, &c);

	if (!err)
		err = make_changes(&c);
	changes_free(&c);
	return err;
}

int host_check(const struct host_wish *wish)
{
	struct changes c = { 0 };
	int err = settings_plan(wish, &c);

	changes_free(&c);
	return err;
}

int host_prepare(const struct host_wish *wish)
{
	int err = host_lock();

	if (!err)
		err = recover_locked();
	if (!err)
		err = host_set(wish);
	if (err) {
		lock_give();
		return err;
	}
	err = self_leave_class();
	if (err)
		host_restore();
	return err;
}

void host_restore(void)
{
	self_return_to_class();
	apply_restore_file();
	lock_give();
}

int host_publish_run(const char *run_dir)
{
	char *path = realpath(run_dir, NULL);
	int err = path ? lock_publish(path) : log_err(-errno, "%s: %m", run_dir);

	free(path);
	return err;
}

char *host_published_run(void)
{
	return lock_published(fs_sys(LOCK));
}

int host_recover(void)
{
	int err = host_lock();

	if (!err)
		err = recover_locked();
	lock_give();
	return err;
}
