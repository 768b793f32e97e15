/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/kmsg.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RECORD 8192 /* no record is longer */
#define ABOUT "sched_ext: "

int kmsg_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

void kmsg_take(const char *record, char *text, size_t size)
{
	const char *message = strchr(record, ';');

	if (message && !strncmp(message + 1, ABOUT, strlen(ABOUT))) {
		message += 1 + strlen(ABOUT);
		snprintf(text, size, "%.*s", (int)strcspn(message, "\n"), message);
	}
}

void kmsg_close(int fd, char *text, size_t size)
{
	char record[RECORD + 1];
	ssize_t len;

	text[0] = '\0';
	if (fd < 0)
		return;
	/* EPIPE: records were overwritten before they were read. */
	while ((len = read(fd, record, RECORD)) > 0 || (len < 0 && errno == EPIPE)) {
		record[len > 0 ? len : 0] = '\0';
		kmsg_take(record, text, size);
	}
	close(fd);
}
