/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/print.h"
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/log.h"
#include "util/owner.h"

#define MOST (16 << 20) /* of a command's output: a multiple of the beginning that is kept */
#define BEGINNING (1 << 20)

static int file = -1;

static struct refusal refusal;

static int print_libbpf(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	char *message;
	int len = level == LIBBPF_DEBUG ? -1 : vasprintf(&message, fmt, ap);

	if (len < 0)
		return 0;
	refusal_read(&refusal, message);
	if (file >= 0)
		dprintf(file, "%s", message);
	free(message);
	return len;
}

const struct refusal *print_refusal(void)
{
	return &refusal;
}

int print_to(const char *path)
{
	libbpf_set_print(print_libbpf);
	refusal = (struct refusal){ 0 };
	file = -1;
	if (!path)
		return 0;
	/* Appending, because the holder and a policy's own command write there too. */
	file = owner_create(path, O_WRONLY | O_TRUNC | O_APPEND, 0644);
	return file < 0 ? log_err(-errno, "%s can't be written: %m", path) : 0;
}

int print_file(void)
{
	return file;
}

/* All who write there append, so what comes next follows the beginning. */
bool print_cut(void)
{
	struct stat st;

	return file >= 0 && !fstat(file, &st) && st.st_size > MOST && !ftruncate(file, BEGINNING);
}

void print_end(const char *path, bool keep)
{
	struct stat st;
	bool gone;

	if (file < 0)
		return;
	/* Only a regular file, not /dev/null. */
	gone = !fstat(file, &st) && S_ISREG(st.st_mode) && (!keep || !st.st_size);
	close(file);
	file = -1;
	if (gone)
		owner_unlink(path);
}
