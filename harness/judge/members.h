/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machines of a fleet: of each host of the store one run of a plan. A machine is one value of an answer,
 * however many runs it has. Machines belong together when their runs could be compared but for being of
 * different machines (judge/differ.h): the same work, fair the same scheduler, all emulated or none. Of
 * several such grounds the one with the most machines is the fleet's, the latest of equals; the others are
 * left out, by name and with the reason.
 */
#pragma once
#include "store/store.h"

struct member {
	struct run run;
	char *shape;	/* "2 packages, 2 nodes, 4 L3 groups, 8 cores, 16 CPUs (SMT 2)"; NULL: not known */
	unsigned class; /* of machines, see struct members */
	char *why;	/* it is left out; NULL: it is of the fleet */
};

struct members {
	char *plan;
	struct member *member; /* the latest run first */
	size_t nr;
	struct member *out;
	size_t nr_out;
	char **class; /* what its machines are alike in, "Xeon E5, 2 packages, ..."; the one with the most
		       * first
		       */
	unsigned *size;
	unsigned nr_classes;
};

/* Which run of each host. Strings are borrowed. */
struct members_ask {
	const char *plan; /* NULL: that of the latest comparison */
	const char *tag;  /* the one with this tag; NULL: the latest */
};

/* Logs and returns a negative errno; -CAUSE_NOT_FOUND without any run. members_free() in any case. */
int members_load(struct store *s, const struct members_ask *ask, struct members *m);
void members_free(struct members *m);

/* Index of the host, or -1. For many questions in a row: *near is where the one before was found. */
int members_host(const struct members *m, const char *host);
int members_host_near(const struct members *m, const char *host, size_t *near);
/* How a table names it: the first 12 digits of its fingerprint. The caller's to free. */
char *member_name(const struct member *m);
bool members_emulated(const struct members *m); /* all of a fleet are, or none */

/*
 * What is otherwise with a member than with most of the others, the weightiest first: CPU model, topology and
 * kernel, then the rest of what runs record of a machine. To be freed.
 */
struct member_difference {
	const char *key, *is, *most; /* most: NULL, if most have none of it */
};
size_t member_differences(const struct members *m, size_t member, struct member_difference **d);
