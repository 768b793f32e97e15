/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why the kernel or libbpf refused an object, in one sentence with what to do. */
#pragma once
#include <stdbool.h>

#define REFUSAL_NAME 128

/* What libbpf's messages named; "": nothing. */
struct refusal {
	char kfunc[REFUSAL_NAME];    /* not resolved: the kernel lacks it, or has another prototype */
	char member[REFUSAL_NAME];   /* of the ops, which the kernel lacks */
	char config[REFUSAL_NAME];   /* a CONFIG_... that the kernel's configuration does not have */
	char variable[REFUSAL_NAME]; /* of the kernel, which it lacks */
	char target[REFUSAL_NAME]; /* a function that a program of the object watches, and the kernel lacks */
	char place[REFUSAL_NAME];  /* "struct task_struct.x": of the kernel's types, and not in this kernel's
				    */
	char program[REFUSAL_NAME]; /* which the verifier refused */
	char verdict[REFUSAL_NAME]; /* the verifier's last words on it */
	bool no_config; /* there is no configuration to look into; config is then any that is asked for */
};

/* Takes what one message of libbpf names. The first of a kind counts, because the others follow from it. */
void refusal_read(struct refusal *r, const char *message);
/* err: what the load returned. The caller's to free; NULL: only the log says more. */
char *refusal_text(const struct refusal *r, const char *policy, int err);
