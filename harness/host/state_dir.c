/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/state_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"

#define MODE 0755

static int check_owner(int fd, const char *dir)
{
	struct stat st;

	if (fstat(fd, &st))
		return log_err(-errno, "%s: %m", dir);
	if (st.st_uid != geteuid())
		return log_err(-CAUSE_CANT,
			       geteuid() ? "%s belongs to user %u: run as root"
					 : "%s belongs to user %u, who may change what is in it: remove it",
			       dir, st.st_uid);
	if ((st.st_mode & 07777) != MODE && fchmod(fd, MODE))
		return log_err(-errno, "%s: its mode can't be set: %m", dir);
	return 0;
}

int state_dir_refused(int err, const char *path, const char *what)
{
	int cause = cause_of_file(err);

	return log_err(cause, "%s can't be %s: %s", path, what,
		       cause == -CAUSE_CANT ? "run as root" : strerror(-err));
}

int state_dir_make(void)
{
	const char *dir = fs_sys(STATE_DIR);
	int err = fs_mkdirs(fs_sys("/run")), fd;

	if (err || (mkdir(dir, MODE) && errno != EEXIST))
		return state_dir_refused(err ? err : -errno, dir, "made");
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return log_err(-CAUSE_CANT, "%s is not a folder: remove it", dir);
	err = check_owner(fd, dir);
	close(fd);
	return err;
}
