/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exact lab's counter of instructions, in the memory of an ivshmem device (harness/lab/exact/counter.c).
 */
#include "exact.h"
#include "../kit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define DEVICE "/dev/exact" /* the guest's init makes it a link to the device's memory */
#define PROFILE "/dev/exact-profile"

/* As the counter has it. */
static volatile struct page {
	uint64_t executed, window;
} *page;

int counter_open(void)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	void *map = MAP_FAILED;

	if (fd < 0 && errno == ENOENT)
		return kit_fail("this machine does not count instructions: use 'make exact'");
	if (fd >= 0)
		map = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return kit_fail("%s: %s", DEVICE, strerror(errno));
	close(fd);
	page = map;
	return 0;
}

uint64_t counter_now(void)
{
	__asm__ volatile("nopl 0x5cbe6278(%%rax)" ::: "memory");
	return page->executed;
}

static uint64_t count_at(uint64_t window)
{
	uint64_t now;

	page->window = window;
	now = counter_now();
	page->window = 0;
	return now;
}

uint64_t counter_begin(void)
{
	return count_at(1);
}

uint64_t counter_end(void)
{
	return count_at(2);
}

void counter_name_code(void)
{
	FILE *f = access(PROFILE, F_OK) ? NULL : fopen("/proc/kallsyms", "re");
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, "[bpf]"))
			printf("code %s", line);
	if (f)
		fclose(f);
}
