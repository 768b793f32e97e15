/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hints.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/time.h>
#include "control/control.h"
#include "control/scxbench-hint.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define MAX_GROUPS 1024

struct hints {
	char *path;
	dev_t dev; /* device of our socket's file; ino: its inode */
	ino_t ino;
	gid_t group;
	int fd;
};

/* A hint is a wish: the first five and the last five priorities are for rules that are set by hand. */
#define SOON "priority=5"
#define LATE "priority=35"
/* About the fair class's own slice: whoever waits for it waits no longer than under fair. */
#define SHORT "slice_us=3000"
/* So long that switches cost next to nothing, and still far below what the kernel's watchdog calls a stall.
 */
#define LONG "slice_us=50000"

/* The settings of each hint. Only those that the policy heeds are written. */
static const char *const meaning[][2] = {
	[SCXBENCH_HINT_LATENCY] = { SOON, SHORT },
	[SCXBENCH_HINT_BATCH] = { LATE, LONG },
};

static int name_socket(const char *path, struct sockaddr_un *at)
{
	*at = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(at->sun_path))
		return log_err(-CAUSE_USAGE, "%s is too long for a socket's name", path);
	strcpy(at->sun_path, path);
	return 0;
}

static int say_busy(int fd, const char *path)
{
	struct ucred cred = { 0 };
	socklen_t len = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) || cred.pid <= 0)
		return log_err(-CAUSE_BUSY, "%s is in use: end what listens there, or give another --socket",
			       path);
	return log_err(-CAUSE_BUSY,
		       "%s is in use: process %d listens there; end it, or give another --socket", path,
		       cred.pid);
}

/* Removes only the socket of a broker that was killed. */
static int remove_stale(const struct sockaddr_un *at)
{
	struct stat st;
	int fd, err = 0;

	if (lstat(at->sun_path, &st))
		return 0;
	if (!S_ISSOCK(st.st_mode))
		return log_err(-CAUSE_EXISTS, "%s is not a socket and stays as it is: give another --socket",
			       at->sun_path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (!connect(fd, (const struct sockaddr *)at, sizeof(*at)) || errno != ECONNREFUSED)
		err = say_busy(fd, at->sun_path);
	else
		unlink(at->sun_path);
	close(fd);
	return err;
}

int hints_listen(const char *path, gid_t group, struct hints **out)
{
	struct sockaddr_un at;
	struct stat st;
	int fd, err = name_socket(path, &at);

	if (!err)
		err = remove_stale(&at);
	if (err)
		return err;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	/* Any user may connect, so that a user without permission gets an answer. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) || lstat(path, &st) || chmod(path, 0666) ||
	    listen(fd, 64)) {
		log_err(-CAUSE_CANT, "can't listen at %s: %m", path);
		close(fd);
		return -CAUSE_CANT;
	}
	*out = mem_zalloc(1, sizeof(**out));
	**out = (struct hints){
		.path = mem_strdup(path), .dev = st.st_dev, .ino = st.st_ino, .group = group, .fd = fd
	};
	return 0;
}

int hints_fd(const struct hints *h)
{
	return h->fd;
}

void hints_end(struct hints *h)
{
	struct stat st;

	/* While our socket is open, no other file can have its inode number. */
	if (!lstat(h->path, &st) && st.st_dev == h->dev && st.st_ino == h->ino)
		unlink(h->path);
	close(h->fd);
	free(h->path);
	free(h);
}

static bool is_member(int peer, const struct ucred *cred, gid_t group)
{
	gid_t groups[MAX_GROUPS];
	socklen_t len = sizeof(groups);

	if (cred->gid == group)
		return true;
	if (getsockopt(peer, SOL_SOCKET, SO_PEERGROUPS, groups, &len))
		return false;
	for (size_t i = 0; i < len / sizeof(*groups); i++)
		if (groups[i] == group)
			return true;
	return false;
}

/* When the thread began, in ticks of the kernel, and its CPU. False: it is not a thread of this process. */
static bool thread_of(pid_t process, pid_t tid, unsigned long long *began, int *cpu)
{
	char *text, *at;
	bool known;

	if (fs_read(fs_sys("/proc/%d/task/%d/stat", process, tid), &text, NULL))
		return false;
	/* Fields 22 and 39, counted from the end of the name, which may contain anything. */
	at = strrchr(text, ')');
	known = at &&
		sscanf(at + 1,
		       " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu"
		       " %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %d",
		       began, cpu) == 2;
	free(text);
	return known;
}

/* Writes only keys that the policy heeds. */
static int write_rule(struct control *c, const struct target *t, const struct scxbench_hint_request *r,
		      int like_cpu)
{
	char cpu[32], *word[3] = { 0 };
	struct scxb_setting set;
	__u64 value;
	int nr = 0;

	if (r->hint == SCXBENCH_HINT_NONE)
		return control_get(c, t, &set) ? control_reset(c, t) : 0;
	snprintf(cpu, sizeof(cpu), "cpu=%d", like_cpu);
	for (int i = 0; i < 2; i++) {
		const char *say = r->hint == SCXBENCH_HINT_SAME_CACHE ? i ? NULL : cpu : meaning[r->hint][i];

		if (say && control_heeds(c, false) & 1U << control_parse(control_settings, say, &value))
			word[nr++] = (char *)say;
	}
	return nr ? control_set(c, t, word) : -ENOTSUP;
}

static int hints_take(pid_t process, int pidfd, const struct scxbench_hint_request *r)
{
	struct target t = { .kind = TARGET_TASK, .id = r->tid };
	unsigned long long began, again, ignored;
	int cpu, like_cpu = 0, err;
	struct control *c;

	if (!thread_of(process, r->tid, &began, &cpu) ||
	    (r->hint == SCXBENCH_HINT_SAME_CACHE && !thread_of(process, r->like, &ignored, &like_cpu)))
		return -EACCES;
	if (pidfd_send_signal(pidfd, 0, NULL, 0))
		return -ESRCH;
	if (control_open(&c))
		return -ESRCH;
	err = write_rule(c, &t, r, like_cpu);
	if (!err && (!thread_of(process, r->tid, &again, &cpu) || again != began)) {
		control_reset(c, &t);
		err = -ESRCH;
	}
	control_close(c);
	return err;
}

static int hints_judge(const struct hints *h, int peer)
{
	struct scxbench_hint_request r;
	socklen_t len = sizeof(struct ucred), fd_len = sizeof(int);
	struct ucred cred;
	int pidfd, err;

	/* Read first: closing with unread data would drop our answer. */
	ssize_t got = recv(peer, &r, sizeof(r), 0);

	if (getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &cred, &len) || !is_member(peer, &cred, h->group))
		return -EPERM;
	if (got != sizeof(r) || r.version != 1 || r.hint > SCXBENCH_HINT_SAME_CACHE)
		return -EINVAL;
	if (getsockopt(peer, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &fd_len))
		return -ESRCH;
	err = hints_take(cred.pid, pidfd, &r);
	close(pidfd);
	/* A program only knows errnos. */
	return err > -CAUSE_FAILED ? err : -EINVAL;
}

void hints_serve(struct hints *h)
{
	const struct timeval patience = { .tv_sec = 1 };
	int peer = accept4(h->fd, NULL, NULL, SOCK_CLOEXEC);
	int32_t answer;

	if (peer < 0)
		return;
	setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	answer = hints_judge(h, peer);
	send(peer, &answer, sizeof(answer), MSG_NOSIGNAL | MSG_DONTWAIT);
	close(peer);
}
