/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/kmsg.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
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

/* "BPF scheduler \"OPS\" disabled (REASON)", or "BPF sub-scheduler ...", then "OPS: MSG", if there is more to
 * say. */
void kmsg_take_exit(const char *record, const char *ops, struct kmsg_exit *e)
{
	char text[512] = "", end[256];
	size_t len;

	kmsg_take(record, text, sizeof(text));
	len = (size_t)snprintf(end, sizeof(end), "BPF %sscheduler \"%s\" disabled (",
			       strncmp(text, "BPF sub-", strlen("BPF sub-")) ? "" : "sub-", ops);
	if (!strncmp(text, end, len)) {
		snprintf(e->reason, sizeof(e->reason), "%.*s", (int)strcspn(text + len, ")"), text + len);
		e->msg[0] = '\0';
		return;
	}
	len = strlen(ops);
	if (!strncmp(text, ops, len) && !strncmp(text + len, ": ", 2) && !e->msg[0])
		snprintf(e->msg, sizeof(e->msg), "%s", text + len + 2);
}

/* False at the end. EPIPE: records were overwritten before they were read. */
static bool next_record(int fd, char record[RECORD + 1])
{
	ssize_t len = read(fd, record, RECORD);

	record[len > 0 ? len : 0] = '\0';
	return len > 0 || (len < 0 && errno == EPIPE);
}

void kmsg_close(int fd, char *text, size_t size)
{
	char record[RECORD + 1];

	text[0] = '\0';
	if (fd < 0)
		return;
	while (next_record(fd, record))
		kmsg_take(record, text, size);
	close(fd);
}

/* "PRIORITY,NUMBER,MICROSECONDS,FLAGS;TEXT", and lines for programs. */
static void copy_record(const char *record, int copy)
{
	const char *text = strchr(record, ';');
	unsigned long long us;

	if (copy >= 0 && text && sscanf(record, "%*u,%*u,%llu", &us) == 1)
		dprintf(copy, "kernel: [%5llu.%06llu] %.*s\n", us / 1000000, us % 1000000,
			(int)strcspn(text + 1, "\n"), text + 1);
}

void kmsg_close_exit(int fd, const char *ops, int copy, struct kmsg_exit *e)
{
	char record[RECORD + 1];

	*e = (struct kmsg_exit){ 0 };
	if (fd < 0)
		return;
	while (next_record(fd, record)) {
		kmsg_take_exit(record, ops, e);
		copy_record(record, copy);
	}
	close(fd);
}
