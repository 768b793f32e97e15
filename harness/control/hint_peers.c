/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hint_peers.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>
#include "util/clock.h"
#include "util/mem.h"

#define MAX_GROUPS 1024
#define FILES_BESIDE 256 /* of our own, and those that wait for the end of a round */
#define MS 1000000ULL

struct hint_peers {
	/*
	 * Room for most, and in front the end of the list, which is a ring: after it the oldest, before it
	 * the newest. Those that are free are a list by "after", which begins with next.
	 */
	struct hint_peer *peer;
	unsigned next;
	int events;
	unsigned nr, most;
	uint64_t added; /* so many, ever */
};

/* As many files as we may have. */
static unsigned raise_files(void)
{
	struct rlimit files = { 0 };

	getrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_cur < HINT_PEERS + FILES_BESIDE) {
		files.rlim_cur = files.rlim_max < HINT_PEERS + FILES_BESIDE ? files.rlim_max
									    : HINT_PEERS + FILES_BESIDE;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	return files.rlim_cur > 2 * FILES_BESIDE ? files.rlim_cur - FILES_BESIDE : FILES_BESIDE;
}

struct hint_peers *hint_peers_new(int events)
{
	struct hint_peers *peers = mem_zalloc(1, sizeof(*peers));
	unsigned files = raise_files();

	peers->events = events;
	peers->most = files < HINT_PEERS ? files : HINT_PEERS;
	peers->peer = mem_zalloc(peers->most + 1, sizeof(*peers->peer));
	peers->next = 1;
	for (unsigned i = 1; i < peers->most; i++)
		peers->peer[i].after = i + 1;
	return peers;
}

static struct hint_peer *oldest(const struct hint_peers *peers)
{
	return &peers->peer[peers->peer[0].after];
}

int hint_peers_take(struct hint_peers *peers, struct hint_peer *p)
{
	peers->peer[p->before].after = p->after;
	peers->peer[p->after].before = p->before;
	peers->nr--;
	p->after = peers->next;
	peers->next = p - peers->peer;
	return p->fd;
}

void hint_peers_end(struct hint_peers *peers, struct hint_peer *p)
{
	close(hint_peers_take(peers, p));
}

void hint_peers_free(struct hint_peers *peers)
{
	while (peers->nr)
		hint_peers_end(peers, oldest(peers));
	free(peers->peer);
	free(peers);
}

static bool is_member(const struct hint_peer *p, gid_t group)
{
	gid_t groups[MAX_GROUPS];
	socklen_t len = sizeof(groups);

	if (p->cred.gid == group)
		return true;
	if (getsockopt(p->fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len))
		return false;
	for (size_t i = 0; i < len / sizeof(*groups); i++)
		if (groups[i] == group)
			return true;
	return false;
}

static void make_room(struct hint_peers *peers, const struct hint_peer *for_whom)
{
	unsigned nr = 0, most = for_whom->member ? HINT_PEERS_OF_USER : HINT_STRANGERS;
	struct hint_peer *own = NULL, *stranger = NULL;

	for (unsigned i = peers->peer[0].before; i; i = peers->peer[i].before) {
		struct hint_peer *p = &peers->peer[i];

		if (!p->member)
			stranger = p;
		if (p->cred.uid != for_whom->cred.uid || p->member != for_whom->member)
			continue;
		own = p;
		nr++;
	}
	if (nr >= most)
		hint_peers_end(peers, own);
	else if (peers->nr >= peers->most)
		hint_peers_end(peers, stranger ? stranger : oldest(peers));
}

static struct hint_peer *append_peer(struct hint_peers *peers, const struct hint_peer *new)
{
	unsigned i = peers->next, last = peers->peer[0].before;

	peers->next = peers->peer[i].after;
	peers->peer[i] = *new;
	peers->peer[i].before = last;
	peers->peer[i].after = 0;
	peers->peer[last].after = peers->peer[0].before = i;
	peers->nr++;
	return &peers->peer[i];
}

struct hint_peer *hint_peers_add(struct hint_peers *peers, int fd, gid_t group)
{
	struct hint_peer new = { .fd = fd,
				 .until_ns = clock_ns() + HINT_PATIENCE_MS * MS,
				 .order = ++peers->added };
	socklen_t len = sizeof(new.cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &new.cred, &len)) {
		close(fd);
		return NULL;
	}
	new.member = is_member(&new, group);
	make_room(peers, &new);
	return append_peer(peers, &new);
}

void hint_peers_watch(struct hint_peers *peers, struct hint_peer *p)
{
	struct epoll_event spoken = { .events = EPOLLIN, .data.ptr = p };

	if (epoll_ctl(peers->events, EPOLL_CTL_ADD, p->fd, &spoken))
		hint_peers_end(peers, p);
}

void hint_peers_end_silent(struct hint_peers *peers)
{
	uint64_t now = clock_ns();

	while (peers->nr && oldest(peers)->until_ns <= now)
		hint_peers_end(peers, oldest(peers));
}

int hint_peers_wait(const struct hint_peers *peers)
{
	uint64_t now = clock_ns(), until = oldest(peers)->until_ns;

	if (!peers->nr)
		return -1;
	return until > now ? (int)((until - now) / MS) + 1 : 0;
}
