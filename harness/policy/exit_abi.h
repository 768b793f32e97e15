/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by exit_watch.bpf.c, which writes it, and exit_watch.c. No includes. */
#pragma once

#define EXIT_SEEN 4 /* of the ends since the last clear, the first ones are kept */
#define EXIT_DUMP 16384

/* How a scheduler ended, in an entry of the array "exit_seen": the kernel's struct scx_exit_info. */
struct exit_seen {
	__s32 kind;  /* written last; 0: not yet */
	__u32 level; /* 0: a root */
	__s64 code;
	char ops[128], reason[128], msg[1024];
	char dump[EXIT_DUMP];
};
