/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clients NR [SILENT [AT_ONCE]]   so many hints of itself, a connection each, AT_ONCE (256) at a time at the
 * broker of $HINT_SOCKET, beside SILENT connections that say nothing. Prints how many were answered with 0,
 * how many otherwise, and the 50th and 99th percentile and the most of the time until the answer was sent, in
 * ms: one process that asks so often reads it later than so many processes would.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "control/scxbench-hint.h"

#define MOST_AT_ONCE 256
#define MOST 100000
#define MOST_SILENT 4096

static double took[MOST];
static int answered, refused;

/* The clock of the kernel's time stamps. */
static double stamp(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int connect_one(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), yes = 1;

	strncpy(at.sun_path, getenv("HINT_SOCKET") ?: SCXBENCH_HINT_SOCKET, sizeof(at.sun_path) - 1);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof(yes)) ||
	    connect(fd, (struct sockaddr *)&at, sizeof(at))) {
		perror("clients");
		exit(1);
	}
	return fd;
}

static double sent_at(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	struct timespec t;

	if (!c || c->cmsg_type != SO_TIMESTAMPNS)
		return stamp();
	memcpy(&t, CMSG_DATA(c), sizeof(t));
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void read_answer(int fd, double *since)
{
	char control[CMSG_SPACE(sizeof(struct timespec))];
	int32_t answer = -ECONNRESET;
	struct iovec to = { &answer, sizeof(answer) };
	struct msghdr m = {
		.msg_iov = &to, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)
	};

	if (recvmsg(fd, &m, 0) != sizeof(answer))
		answer = -ECONNRESET;
	*since = sent_at(&m) - *since;
	close(fd);
	if (answer)
		refused++;
	else
		answered++;
}

/* The silent come first, so that the others are behind them. */
static void ask_at_once(int nr, int silent, double *took_each)
{
	const struct scxbench_hint_request r = { .version = 1, .hint = SCXBENCH_HINT_BATCH, .tid = getpid() };
	static int quiet[MOST_SILENT];
	int fd[MOST_AT_ONCE];

	for (int i = 0; i < silent; i++)
		quiet[i] = connect_one();
	for (int i = 0; i < nr; i++) {
		fd[i] = connect_one();
		took_each[i] = stamp();
		if (send(fd[i], &r, sizeof(r), MSG_NOSIGNAL) != sizeof(r))
			refused++;
	}
	for (int i = 0; i < nr; i++)
		read_answer(fd[i], &took_each[i]);
	for (int i = 0; i < silent; i++)
		close(quiet[i]);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	const struct rlimit files = { 8192, 8192 };
	int nr = argc > 1 ? atoi(argv[1]) : 0, silent = argc > 2 ? atoi(argv[2]) : 0,
	    at_once = argc > 3 ? atoi(argv[3]) : MOST_AT_ONCE;

	if (nr < 1 || nr > MOST || silent < 0 || silent > MOST_SILENT || at_once < 1 ||
	    at_once > MOST_AT_ONCE)
		return 2;
	setrlimit(RLIMIT_NOFILE, &files);
	for (int i = 0; i < nr; i += at_once)
		ask_at_once(nr - i < at_once ? nr - i : at_once, silent, took + i);
	qsort(took, nr, sizeof(*took), by_size);
	printf("%d %d %.2f %.2f %.2f\n", answered, refused, 1e3 * took[nr / 2], 1e3 * took[nr * 99L / 100],
	       1e3 * took[nr - 1]);
	return 0;
}
