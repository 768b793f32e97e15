/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "double.h"
#include "sample/host.h"
#include "util/log.h"

int __wrap_host_prepare(void)
{
	return double_step("host_prepare") == FAIL ? log_err(-EPERM, "SCHED_FIFO was refused: run as root") : 0;
}

void __wrap_host_restore(void)
{
	double_step("host_restore");
}
