/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/self.h"
#include <sched.h>
#include <sys/mman.h>

#include "util/cause.h"
#include "util/log.h"

int self_leave_class(void)
{
	const struct sched_param rt = { .sched_priority = 1 };

	if (sched_setscheduler(0, SCHED_FIFO, &rt))
		return log_err(-CAUSE_CANT, "SCHED_FIFO was refused: run as root");
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		return log_err(-CAUSE_CANT, "memory can't be locked: run as root");
	return 0;
}

void self_return_to_class(void)
{
	const struct sched_param other = { 0 };

	munlockall();
	sched_setscheduler(0, SCHED_OTHER, &other);
}
