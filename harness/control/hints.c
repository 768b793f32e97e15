/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hints.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "control/hint_rules.h"
#include "control/scxbench-hint.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

#define MAX_GROUPS 1024
#define MAX_PEERS 128
#define MAX_PEERS_OF_USER 16
#define PATIENCE_NS 1000000000ULL

struct hints {
	char *path;
	dev_t dev; /* device of our socket's file; ino: its inode */
	ino_t ino;
	gid_t group;
	int fd;
	struct hint_rules *rules;
	struct peer {
		int fd;
		bool member;
		struct ucred cred;
		uint64_t until_ns; /* then it is disconnected */
	} peer[MAX_PEERS];	   /* the oldest first */
	int nr_peers;
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
	if (S_ISSOCK(st.st_mode) && st.st_uid != geteuid())
		return log_err(-CAUSE_EXISTS, "%s is user %u's and stays as it is: give another --socket",
			       at->sun_path, st.st_uid);
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
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* Any user may connect, so that a user without permission gets an answer. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) || lstat(path, &st) || chmod(path, 0666) ||
	    listen(fd, 64)) {
		log_err(-CAUSE_CANT, "can't listen at %s: %m", path);
		close(fd);
		return -CAUSE_CANT;
	}
	*out = mem_zalloc(1, sizeof(**out));
	**out = (struct hints){
		.path = mem_strdup(path),
		.dev = st.st_dev,
		.ino = st.st_ino,
		.group = group,
		.fd = fd,
		.rules = hint_rules_new(),
	};
	return 0;
}

static void peer_end(struct hints *h, int i)
{
	close(h->peer[i].fd);
	memmove(&h->peer[i], &h->peer[i + 1], (--h->nr_peers - i) * sizeof(*h->peer));
}

void hints_end(struct hints *h)
{
	struct stat st;

	/* While our socket is open, no other file can have its inode number. */
	if (!lstat(h->path, &st) && st.st_dev == h->dev && st.st_ino == h->ino)
		unlink(h->path);
	close(h->fd);
	while (h->nr_peers)
		peer_end(h, 0);
	hint_rules_free(h->rules);
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

/* Reads first: closing with unread data would drop our answer. */
static int hints_judge(const struct hints *h, const struct peer *p)
{
	struct scxbench_hint_request r;
	ssize_t got = recv(p->fd, &r, sizeof(r), MSG_DONTWAIT);
	socklen_t len = sizeof(int);
	int pidfd, err;

	if (!p->member)
		return -EPERM;
	if (got != sizeof(r) || r.version != 1 || r.hint > SCXBENCH_HINT_SAME_CACHE)
		return -EINVAL;
	if (getsockopt(p->fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &len))
		return -ESRCH;
	err = hint_rules_take(h->rules, &p->cred, pidfd, &r);
	close(pidfd);
	/* A program only knows errnos. */
	return err > -CAUSE_FAILED ? err : -EINVAL;
}

static void peer_answer(const struct hints *h, const struct peer *p)
{
	int32_t answer = hints_judge(h, p);

	send(p->fd, &answer, sizeof(answer), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* From the latest on: each that is answered leaves the list. */
static void answer_ready(struct hints *h)
{
	struct pollfd fd[MAX_PEERS];
	int nr = h->nr_peers;

	for (int i = 0; i < nr; i++)
		fd[i] = (struct pollfd){ .fd = h->peer[i].fd, .events = POLLIN };
	if (poll(fd, nr, 0) <= 0)
		return;
	for (int i = nr; i--;) {
		if (!fd[i].revents)
			continue;
		peer_answer(h, &h->peer[i]);
		peer_end(h, i);
	}
}

/* The oldest of this user's when it has many, else, with no room left, the oldest that may not hint. */
static void make_room(struct hints *h, uid_t uid)
{
	int oldest = -1, stranger = -1, nr = 0;

	for (int i = h->nr_peers; i--;) {
		if (!h->peer[i].member)
			stranger = i;
		if (h->peer[i].cred.uid != uid)
			continue;
		oldest = i;
		nr++;
	}
	if (nr >= MAX_PEERS_OF_USER)
		peer_end(h, oldest);
	else if (h->nr_peers == MAX_PEERS)
		peer_end(h, stranger < 0 ? 0 : stranger);
}

/* As many as there is room for: who speaks is answered before more are let in. */
static void let_in(struct hints *h)
{
	for (int i = 0; i < MAX_PEERS; i++) {
		struct peer p = { .fd = accept4(h->fd, NULL, NULL, SOCK_CLOEXEC) };
		socklen_t len = sizeof(p.cred);

		if (p.fd < 0)
			return;
		if (getsockopt(p.fd, SOL_SOCKET, SO_PEERCRED, &p.cred, &len)) {
			close(p.fd);
			continue;
		}
		p.member = is_member(p.fd, &p.cred, h->group);
		p.until_ns = clock_ns() + PATIENCE_NS;
		make_room(h, p.cred.uid);
		h->peer[h->nr_peers++] = p;
		answer_ready(h);
	}
}

static void end_silent(struct hints *h)
{
	uint64_t now = clock_ns();

	while (h->nr_peers && h->peer[0].until_ns <= now)
		peer_end(h, 0);
}

void hints_serve(struct hints *h, const sigset_t *mask)
{
	struct pollfd fd[MAX_PEERS + 1] = { { .fd = h->fd, .events = POLLIN } };
	uint64_t now = clock_ns(), until = h->nr_peers ? h->peer[0].until_ns : 0;
	uint64_t left = until > now ? until - now : 0;
	struct timespec wait = { .tv_sec = left / PATIENCE_NS, .tv_nsec = left % PATIENCE_NS };

	for (int i = 0; i < h->nr_peers; i++)
		fd[i + 1] = (struct pollfd){ .fd = h->peer[i].fd, .events = POLLIN };
	if (ppoll(fd, h->nr_peers + 1, h->nr_peers ? &wait : NULL, mask) < 0)
		return;
	answer_ready(h);
	let_in(h);
	end_silent(h);
}
