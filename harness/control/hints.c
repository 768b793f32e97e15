/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hints.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include "control/hint_peers.h"
#include "control/hint_process.h"
#include "control/hint_rules.h"
#include "control/scxbench-hint.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define AT_ONCE 64 /* events, and new peers, before the others have their turn */

struct hints {
	char *path;
	dev_t dev; /* device of our socket's file; ino: its inode */
	ino_t ino;
	gid_t group;
	int fd, events;
	struct hint_rules *rules;
	struct hint_peers *peers;
	struct hint_process process;
	struct {
		int fd;
		int32_t answer;
	} heard[2 * AT_ONCE]; /* in this round */
	size_t nr_heard;
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
	    listen(fd, SOMAXCONN)) {
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
		.events = epoll_create1(EPOLL_CLOEXEC),
		.rules = hint_rules_new(),
	};
	(*out)->peers = hint_peers_new((*out)->events);
	epoll_ctl((*out)->events, EPOLL_CTL_ADD, fd, &(struct epoll_event){ .events = EPOLLIN });
	return 0;
}

void hints_end(struct hints *h)
{
	struct stat st;

	/* While our socket is open, no other file can have its inode number. */
	if (!lstat(h->path, &st) && st.st_dev == h->dev && st.st_ino == h->ino)
		unlink(h->path);
	close(h->fd);
	close(h->events);
	hint_process_end(&h->process);
	hint_peers_free(h->peers);
	hint_rules_free(h->rules);
	free(h->path);
	free(h);
}

/* r: what the peer asks for; NULL: nothing that can be understood. */
static int judge_peer(struct hints *h, const struct hint_peer *p, const struct scxbench_hint_request *r)
{
	int pidfd, err;

	if (!p->member)
		return -EPERM;
	if (!r || r->version != 1 || r->hint > SCXBENCH_HINT_SAME_CACHE)
		return -EINVAL;
	pidfd = hint_process_of(&h->process, p);
	if (pidfd < 0)
		return -ESRCH;
	err = hint_rules_take(h->rules, &p->cred, pidfd, r);
	/* A program only knows errnos. */
	return err > -CAUSE_FAILED ? err : -EINVAL;
}

/*
 * Judges what the peer has said; false: nothing yet. The socket is read whoever it is, for closing it unread
 * would drop our answer.
 */
static bool hear_peer(struct hints *h, struct hint_peer *p)
{
	struct scxbench_hint_request r;
	ssize_t got = recv(p->fd, &r, sizeof(r), MSG_DONTWAIT);

	if (got < 0 && errno == EAGAIN)
		return false;
	h->heard[h->nr_heard].answer = judge_peer(h, p, got == sizeof(r) ? &r : NULL);
	h->heard[h->nr_heard++].fd = hint_peers_take(h->peers, p);
	return true;
}

/* Not before what was taken is logged. */
static void answer_heard(struct hints *h)
{
	hint_rules_end(h->rules);
	for (size_t i = 0; i < h->nr_heard; i++) {
		send(h->heard[i].fd, &h->heard[i].answer, sizeof(h->heard[i].answer),
		     MSG_NOSIGNAL | MSG_DONTWAIT);
		close(h->heard[i].fd);
	}
	h->nr_heard = 0;
}

/* A few at a time; most of them have spoken already. */
static void let_in(struct hints *h)
{
	for (int i = 0; i < AT_ONCE; i++) {
		int fd = accept4(h->fd, NULL, NULL, SOCK_CLOEXEC);
		struct hint_peer *p;

		if (fd < 0)
			return;
		p = hint_peers_add(h->peers, fd, h->group);
		if (p && !hear_peer(h, p))
			hint_peers_watch(h->peers, p);
	}
}

/* In ms; -1: for ever. */
static int patience(const struct hints *h)
{
	int ms = hint_peers_wait(h->peers);

	return ms < 0 && hint_rules_keep(h->rules) ? HINT_PATIENCE_MS : ms;
}

void hints_serve(struct hints *h, const sigset_t *mask)
{
	struct epoll_event event[AT_ONCE];
	int nr = epoll_pwait(h->events, event, AT_ONCE, patience(h), mask);

	hint_rules_begin(h->rules);
	/* The new ones last: a peer that they push out was heard by then. */
	for (int i = 0; i < nr; i++)
		if (event[i].data.ptr)
			hear_peer(h, event[i].data.ptr);
	for (int i = 0; i < nr; i++)
		if (!event[i].data.ptr)
			let_in(h);
	answer_heard(h);
	if (!nr && hint_peers_wait(h->peers) < 0) {
		hint_process_end(&h->process);
		hint_rules_rest(h->rules);
	}
	hint_peers_end_silent(h->peers);
}
