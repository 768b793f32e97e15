/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside control/ only: how much each user asks of the broker of hints, and whose hint a thread has. Each
 * call takes the same time however many there are.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define HINT_MAX_TID (1 << 22)

struct hint_users;
struct hint_user;

struct hint_users *hint_users_new(void);
void hint_users_free(struct hint_users *users);
struct hint_user *hint_user_of(struct hint_users *users, uid_t uid);
/* May it ask once more now? Rate and burst are HINT_RATE and HINT_BURST. */
bool hint_user_admits(struct hint_user *u, uint64_t now_ns);

/* How many threads have a hint by this user; by all of them. */
unsigned hint_user_has(const struct hint_user *u);
unsigned hint_users_have(const struct hint_users *users);
/* True the first time. */
bool hint_user_warns(struct hint_user *u);
/* The next of its threads, one after the other and over again; 0: it has none. */
pid_t hint_user_next(struct hint_user *u);
bool hint_user_owns(const struct hint_users *users, const struct hint_user *u, pid_t tid);
/* The thread has a hint by this user from now on, and none by another; NULL: it has none. */
void hint_users_give(struct hint_users *users, struct hint_user *u, pid_t tid);
/* No thread has one. */
void hint_users_clear(struct hint_users *users);
