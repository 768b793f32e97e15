/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hints from a program to the scheduler about its threads, through 'scxbench hintd'. Copy this file; no
 * library is needed.
 *
 *	scxbench_hint(gettid(), SCXBENCH_HINT_LATENCY, 0);
 *	scxbench_hint(worker, SCXBENCH_HINT_SAME_CACHE, gettid());
 *
 * Returns 0, or a negative errno. -ECONNREFUSED or -ENOENT: no broker listens, -EPERM: the caller is not in
 * the permitted group, -EACCES: a thread belongs to another process, -ESRCH: no policy is attached or a
 * thread is gone, -ENOTSUP: the policy has no use for this hint, -EDQUOT: the user has given hints for 4096
 * living threads, -EAGAIN: the user asks more than 2000 times a second, -ECONNRESET: the broker is
 * overrun. None of the latter three is for ever.
 *
 * A hint is a preference, not a share: none gives a program more CPU time than the others get. Where turns
 * are equal, a longer slice or a better priority would, so a policy that does not charge what a thread used
 * has no use for LATENCY and BATCH ('scxbench ctl list' tells which it uses). What an administrator sets for
 * the thread counts before the hint, key by key, and no hint changes or removes it. A thread has one hint:
 *the last.
 */
#ifndef SCXBENCH_HINT_H
#define SCXBENCH_HINT_H

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SCXBENCH_HINT_SOCKET "/run/scxbench/hint.sock"

enum scxbench_hint {
	SCXBENCH_HINT_NONE,	  /* takes the hint back */
	SCXBENCH_HINT_LATENCY,	  /* it runs briefly, and should run soon */
	SCXBENCH_HINT_BATCH,	  /* it runs long, and can wait */
	SCXBENCH_HINT_SAME_CACHE, /* it shares data with the thread "like" of the same process */
};

struct scxbench_hint_request {
	uint32_t version; /* 1 */
	uint32_t hint;
	int32_t tid, like;
};

static inline int scxbench_hint_at(const char *path, const struct scxbench_hint_request *request)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int32_t answer = -ECONNRESET;

	if (fd < 0)
		return -errno;
	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) ||
	    send(fd, request, sizeof(*request), MSG_NOSIGNAL) != sizeof(*request))
		answer = -errno;
	else if (recv(fd, &answer, sizeof(answer), 0) != sizeof(answer))
		answer = -ECONNRESET;
	close(fd);
	return answer;
}

static inline int scxbench_hint(pid_t tid, enum scxbench_hint hint, pid_t like)
{
	const struct scxbench_hint_request request = { .version = 1, .hint = hint, .tid = tid, .like = like };

	return scxbench_hint_at(SCXBENCH_HINT_SOCKET, &request);
}

#endif
