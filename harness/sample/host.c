/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "sample/host.h"
#include "util/fs.h"
#include "util/log.h"

#define AUTOGROUP "/proc/sys/kernel/sched_autogroup_enabled"

static char *autogroup; /* what it was before us, or NULL */

static int autogroup_off(void)
{
	const char *path = fs_sys(AUTOGROUP);
	int err;

	if (fs_read_line(path, &autogroup))
		return 0; /* a kernel without it */
	err = fs_write(path, "0");
	return err ? log_err(err, "%s can't be written: run as root", path) : 0;
}

int host_prepare(void)
{
	const struct sched_param rt = { .sched_priority = 1 };

	if (sched_setscheduler(0, SCHED_FIFO, &rt))
		return log_err(-errno, "SCHED_FIFO was refused: run as root");
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		return log_err(-errno, "memory can't be locked: run as root");
	return autogroup_off();
}

void host_restore(void)
{
	const struct sched_param other = { 0 };

	if (autogroup)
		fs_write(fs_sys(AUTOGROUP), autogroup);
	free(autogroup);
	autogroup = NULL;
	munlockall();
	sched_setscheduler(0, SCHED_OTHER, &other);
}
