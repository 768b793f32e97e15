/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cgroup of a command that loads its own policy, so that whatever it starts, wherever that goes, can be
 * ended whole. Its name holds the pid of the process that measures: what is left of one that was killed is
 * known by it.
 */
#pragma once

/* The path for a command that this process starts; the caller's to free. */
char *command_group_path(void);
/* Makes it, and moves the calling process into it. Best effort: without it the holder adopts what is left. */
void command_group_enter(const char *path);
void command_group_kill(const char *path); /* all that is in it, without waiting */
/* Kills, waits, and removes it. Nothing when there is none. */
void command_group_end(const char *path);
