/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scheduler under test: chosen by text, put in, proven to be in, taken out.
 *
 *	fair			the kernel's own; nothing is attached
 *	fifo			a policy of this repo: <home>/schedulers/fifo.bpf.o
 *	vtime:slice_us=3000	... with knobs, comma-separated: const volatile globals set by name through
 *BTF path/to/x.bpf.o		a user's object; if it follows schedulers/README.md it gets the same metrics
 *	cmd:scx_rusty --x	a command that loads its own policy and ends it on SIGINT
 *
 * Life: policy_parse -> policy_load -> policy_attach -> (policy_beat ...) -> policy_detach -> policy_unload.
 *
 * Who holds the policy: a child process that owns the only bpf_link. It detaches when told, when its
 * parent dies (end of file on a pipe) or falls silent for POLICY_SILENCE_S, so whatever happens to us the
 * fair class is back. Maps stay open in the parent and are read without it. Policies are loaded by
 * this module only.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "record/record.h"
#include "topology/topology.h"

#define POLICY_SILENCE_S 10

enum policy_kind { POLICY_FAIR, POLICY_BPF, POLICY_CMD };

struct policy_knob {
	char *name, *value;
};

struct policy_spec {
	enum policy_kind kind;
	char *text;    /* as given */
	char *name;    /* "vtime" */
	char *object;  /* path of the .bpf.o, POLICY_BPF only */
	char *command; /* POLICY_CMD only */
	struct policy_knob *knob;
	int nr_knobs;
};

/*
 * The policies of this repo by name, ascending, NULL-terminated: policy_list_free(). And where the object of
 * one of them is; the caller frees it. home: the directory that holds schedulers/.
 */
#define POLICY_OBJECT_EXT ".bpf.o"
char **policy_list(const char *home);
void policy_list_free(char **name);
char *policy_object(const char *home, const char *name);

/* home: the same. -CAUSE_USAGE or -CAUSE_NOT_FOUND, logged in one line with what to do. */
int policy_parse(const char *home, const char *text, struct policy_spec *spec);
/* Opens the object and checks the knobs (name, type, range) against its BTF, loading nothing. */
int policy_check(const struct policy_spec *spec);
/* Keeps no count of the workload's time in it: a command, or an object without our map scxb_cpu. */
bool policy_is_foreign(const struct policy_spec *spec);
void policy_spec_free(struct policy_spec *spec);
/* The knobs of its object, in words, for lists: value is its default. Negative errno, logged. */
struct policy_knob_words {
	const char *name, *range, *value, *help;
};
int policy_each_knob(const struct policy_spec *spec,
		     void (*each)(void *ctx, const struct policy_knob_words *k), void *ctx);

/* What the kernel says of sched_ext, from /sys/kernel/sched_ext; missing files leave "" or 0. */
struct scx_state {
	bool present; /* the kernel has sched_ext */
	char state[32], ops[128];
	uint64_t enable_seq, nr_rejected;
};
void scx_state_read(struct scx_state *s);

/* One of the policy's mmapable maps, or NULL where it has none of that name and size. */
struct policy_map {
	const void *data;
	size_t value_size; /* stride between entries */
	unsigned entries;
};

struct policy; /* a loaded policy */

struct policy_setup {
	const struct topology *topology;
	uint64_t cgroup_id;   /* of the workload's cgroup: whose run time counts as the workload's */
	bool detail;	      /* instrumented sample */
	const char *log_path; /* verifier log, libbpf's messages, a command's output; kept when it fails */
};

/*
 * Opens, sets knobs and topology, loads (the verifier's verdict). -CAUSE_REFUSED with the log kept when
 * the verifier refuses it, -CAUSE_CANT when this machine can load no policy at all. Fair loads nothing.
 */
int policy_load(const struct policy_spec *spec, const struct policy_setup *setup, struct policy **policy);
/*
 * Attaches and waits until the kernel says enabled with our ops name and an enable_seq one higher.
 * -CAUSE_BUSY when another scheduler is active: never taken over. Adds its lines to the proof.
 */
int policy_attach(struct policy *p, struct record *r);
/* To be called at least every second while attached; false when the policy is out (ejected, or the holder
 * died). */
bool policy_beat(struct policy *p);
/* Before detach: is it still the same enabled policy? Adds its lines to the proof. */
void policy_prove_still_in(struct policy *p, struct record *r);
/* Detaches, waits for "disabled", adds exit kind and state to the proof, fills r->ejection if it was ejected.
 */
int policy_detach(struct policy *p, struct record *r);
void policy_unload(struct policy *p); /* detaches first if need be; NULL is fine */

const char *policy_ops_name(const struct policy *p); /* "" for fair */
/* The map's current contents, mapped once and live; data NULL when the policy has no such map. */
struct policy_map policy_map(struct policy *p, const char *name);
/* Takes all records out of a ring buffer map; 0 when there is none. */
int policy_drain(struct policy *p, const char *name, void (*each)(void *ctx, const void *rec, size_t len),
		 void *ctx);

/* Name, calls and run time of each BPF program of the policy since load (needs policy_stats_on()). */
struct policy_prog {
	const char *name;
	uint64_t calls, ns;
};
int policy_progs(struct policy *p, struct policy_prog *out, int max); /* how many, or negative errno */
/* BPF_STATS_RUN_TIME until the returned descriptor is closed. */
int policy_stats_on(void);
