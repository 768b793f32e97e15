/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why the kernel or libbpf refused an object, in one sentence with what to do. */
#pragma once

#define REFUSAL_NAME 128

/* What libbpf's messages named; "": nothing. */
struct refusal {
	char kfunc[REFUSAL_NAME];  /* not resolved: the kernel lacks it, or has another prototype */
	char member[REFUSAL_NAME]; /* of the ops, which the kernel lacks */
};

/* Takes what one message of libbpf names. The first of a kind counts, because the others follow from it. */
void refusal_read(struct refusal *r, const char *message);
/* err: what the load returned. The caller's to free; NULL: only the log says more. */
char *refusal_text(const struct refusal *r, const char *policy, int err);
