/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/self.h"
#include <link.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/log.h"

static bool locked;

static bool set_fifo(void)
{
	const struct sched_param rt = { .sched_priority = 1 };

	return !sched_setscheduler(0, SCHED_FIFO, &rt);
}

/* Returns NULL, or the step that was refused. */
static const char *leave_class(void)
{
	if (!set_fifo())
		return "SCHED_FIFO was refused";
	locked = !mlockall(MCL_CURRENT | MCL_FUTURE);
	return locked ? NULL : "memory can't be locked";
}

int self_leave_class(void)
{
	const char *refused = leave_class();

	return refused ? log_err(-CAUSE_CANT, "%s: run as root", refused) : 0;
}

static bool is_of_workload(void)
{
	return getenv("SCXB_RESULT_FD");
}

bool self_try_leave_class(void)
{
	return is_of_workload() || !leave_class();
}

void self_leave_class_briefly(void)
{
	if (!is_of_workload())
		set_fifo();
}

/* What can be written is a copy of ours already, or in our parent's memory, and locked where it is. */
static int map_program(struct dl_phdr_info *info, size_t size, void *ctx)
{
	uintptr_t page = (uintptr_t)getpagesize();

	(void)size, (void)ctx;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		uintptr_t at = (info->dlpi_addr + part->p_vaddr) & -page;

		if (part->p_type == PT_LOAD && !(part->p_flags & PF_W))
			madvise((void *)at, info->dlpi_addr + part->p_vaddr + part->p_memsz - at,
				MADV_POPULATE_READ);
	}
	return 0;
}

void self_leave_class_as_child(void)
{
	if (!locked) {
		leave_class();
		return;
	}
	set_fifo();
	locked = !mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
	dl_iterate_phdr(map_program, NULL);
}

bool self_may_leave_class(void)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(!set_fifo());
	/* Without a process nothing is known. */
	return pid < 0 || waitpid(pid, &status, 0) != pid || !status;
}

void self_return_to_class(void)
{
	const struct sched_param other = { 0 };

	munlockall();
	locked = false;
	sched_setscheduler(0, SCHED_OTHER, &other);
}

void self_lock_pause(void)
{
	if (locked)
		mlockall(MCL_CURRENT | MCL_ONFAULT);
}

void self_lock_go_on(void)
{
	if (locked)
		mlockall(MCL_FUTURE);
}
