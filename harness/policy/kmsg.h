/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel says of sched_ext in its log: an attach that it refuses has no other reason than EINVAL,
 * and a sentence there.
 */
#pragma once
#include <stddef.h>

/* From now on. A descriptor, or -1: this process may not read it. */
int kmsg_open(void);
/* The last sentence about sched_ext since kmsg_open(), which it closes; "" without one. */
void kmsg_close(int fd, char *text, size_t size);
/*
 * Why the kernel ended the scheduler of these ops, since kmsg_open(): as far as it said so, else "". All that
 * it said since then, of whatever, is appended to the file copy, if that is not -1. Closes fd.
 */
struct kmsg_exit {
	char reason[128], msg[256];
};
void kmsg_close_exit(int fd, const char *ops, int copy, struct kmsg_exit *e);
/* Of one record: what it says of such an end. */
void kmsg_take_exit(const char *record, const char *ops, struct kmsg_exit *e);
/* Of one record, "3,1187,5003210,-;sched_ext: TEXT": TEXT into text. Anything else leaves it as it is. */
void kmsg_take(const char *record, char *text, size_t size);
