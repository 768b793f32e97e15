/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside control/ only: who is connected to the broker of hints, the oldest first. There are HINT_PEERS at
 * most, or as many as the broker may have files; of one user HINT_PEERS_OF_USER, or HINT_STRANGERS when it is
 * not of the group. Where there are more the user's oldest is disconnected, or else the oldest that may not
 * hint.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#define HINT_PEERS 4096
#define HINT_PEERS_OF_USER 2048
#define HINT_STRANGERS 16
#define HINT_PATIENCE_MS 1000

struct hint_peer {
	int fd;
	bool member;
	struct ucred cred;
	uint64_t until_ns;	/* then it is disconnected */
	uint64_t order;		/* that in which they connected */
	unsigned before, after; /* in the list */
};

struct hint_peers;

/* Each peer that is watched becomes the data of an event of this epoll descriptor. */
struct hint_peers *hint_peers_new(int events);
void hint_peers_free(struct hint_peers *peers);
/* A peer that has just connected, for members of the group; NULL, and closed: it is gone again. */
struct hint_peer *hint_peers_add(struct hint_peers *peers, int fd, gid_t group);
/* Its event comes when it speaks. If it can't be watched it is disconnected. */
void hint_peers_watch(struct hint_peers *peers, struct hint_peer *p);
void hint_peers_end(struct hint_peers *peers, struct hint_peer *p);
/* The same, but its connection stays, and is the caller's. */
int hint_peers_take(struct hint_peers *peers, struct hint_peer *p);
/* Those that have said nothing for HINT_PATIENCE_MS. */
void hint_peers_end_silent(struct hint_peers *peers);
/* How long until there is one, in ms; -1: nobody is connected. */
int hint_peers_wait(const struct hint_peers *peers);
