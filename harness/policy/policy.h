/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scheduler under test: chosen by text, attached, proven to be attached, detached.
 *
 *	fair			the kernel's own; nothing is attached
 *	fair:base_slice_us=3000	... with settings of its own, see fair.h and host/fair.h
 *	fifo			a policy of this repo: <home>/schedulers/fifo.bpf.o
 *	vtime:slice_us=3000	... with knobs, comma-separated: const volatile globals, found by BTF
 *	path/to/x.bpf.o		a user's object; if it follows schedulers/README.md it gets the same metrics
 *	path/to/x.bpf.o#a_ops	... of several policies in it the one whose struct is a_ops
 *	cmd:scx_rusty --x	a command that loads its own policy and ends it on SIGINT
 *	x:below=y,slice_us=3000	... as a sub-scheduler of the workload's cgroup, below the policy y as the
 *root new=path/to/x.bpf.o	any of them under another name
 *
 * Life: policy_parse -> policy_load -> policy_attach -> (policy_beat ...) -> policy_detach -> policy_unload.
 *
 * A child process holds the policy: it owns the only bpf_link. It detaches when its parent asks for that,
 * dies (end of file on a pipe) or is silent for POLICY_SILENCE_S. So the fair class comes back whatever
 * happens to us. A command has a cgroup of its own and is ended whole: SIGINT, SIGTERM, then the group is
 * killed, and what left that. A scheduler that stays nevertheless is taken out, and its pin removed. Maps
 *stay open in the parent, which reads them without the child. Only this room loads policies.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "record/record.h"
#include "topology/topology.h"

#define POLICY_SILENCE_S 10
#define POLICY_ATTACH_LIMIT_S 60 /* a command loads its objects first */

enum policy_kind { POLICY_FAIR, POLICY_BPF, POLICY_CMD };

struct policy_knob {
	char *name, *value;
};

struct policy_spec {
	enum policy_kind kind;
	char *text;    /* what it is called everywhere: the name that was given to it, or as given */
	char *given;   /* what it is: as given, without such a name */
	char *name;    /* "vtime" */
	char *object;  /* path of the .bpf.o, POLICY_BPF only */
	char *chosen;  /* the name of its struct of ops, or NULL: it has one */
	char *command; /* POLICY_CMD only */
	struct policy_knob *knob;
	int nr_knobs;
	struct policy_spec *parent; /* the root below which it is attached, else NULL; both are POLICY_BPF */
};

/*
 * The policies of this repo by name, ascending, NULL-terminated; freed by policy_list_free(). policy_object()
 * is the path of one's object; the caller frees it. home: the directory with schedulers/.
 */
#define POLICY_OBJECT_EXT ".bpf.o"
char **policy_list(const char *home);
void policy_list_free(char **name);
char *policy_object(const char *home, const char *name);

/* home: the same. -CAUSE_USAGE or -CAUSE_NOT_FOUND, logged in one line that says what to do. */
int policy_parse(const char *home, const char *text, struct policy_spec *spec);
/* The text that policy_parse() took; the caller's to free. */
char *policy_argument(const struct policy_spec *spec);
/* Opens the object, if it is one, and checks the knobs (name, type, range) against its BTF. Loads nothing. */
int policy_check(const struct policy_spec *spec);
/* The value that a knob is given, or NULL. */
const char *policy_knob_value(const struct policy_spec *spec, const char *name);
/* It does not count the workload's time: a command, or an object without our counters. */
bool policy_is_foreign(const struct policy_spec *spec);
void policy_spec_free(struct policy_spec *spec);
/* What its object says of itself, and whether it is to be named; the caller's to free, NULL: nothing. */
char *policy_says(const struct policy_spec *spec);
/* Does its object ask to be compared only where it is named (SCXB_BY_NAME)? Negative errno, logged. */
int policy_by_name(const struct policy_spec *spec, bool *by_name);
/* The knobs of its object, in words, for lists. value is the default. Negative errno, logged. */
struct policy_knob_words {
	const char *name, *range, *value, *help;
};
int policy_each_knob(const struct policy_spec *spec,
		     void (*each)(void *ctx, const struct policy_knob_words *k), void *ctx);

/* The state of sched_ext, from /sys/kernel/sched_ext; missing files leave "" or 0. */
struct scx_state {
	bool present; /* the kernel has sched_ext */
	bool partial; /* SCX_OPS_SWITCH_PARTIAL: the policy that is attached schedules SCHED_EXT tasks only */
	char state[32], ops[128];
	uint64_t enable_seq, nr_rejected;
};
void scx_state_read(struct scx_state *s);
/* How to stop the scheduler of these ops, which is not ours any more: words for a person, the caller's to
 * free. */
char *policy_way_out(const char *ops);
/* Ends what commands left behind that processes of ours had started which were killed. */
void policy_sweep(void);

/* One of the policy's mmapable maps. data: NULL when it has no such map. */
struct policy_map {
	const void *data;
	size_t value_size; /* stride between entries */
	unsigned entries;
};

struct policy; /* a loaded policy */

/*
 * The policies of this build that a run has loaded, and that rest until their next sample: loaded, not
 * attached, their maps as they were after the load. All of them have the same topology and cgroup, and their
 * specs stay where they are. Not kept: a user's object, one below another, one with a map that can't be put
 * back.
 */
struct policy_kept {
	const char *home; /* of schedulers/ */
	struct policy **policy;
	unsigned nr;
	struct exit_watch *exits; /* of policies from elsewhere; begun with the first of them */
	bool no_exits;		  /* it can't be had */
};
void policy_kept_free(struct policy_kept *k);

struct policy_setup {
	const struct topology *topology;
	uint64_t cgroup_id; /* of the workload's cgroup: whose run time counts as the workload's, and where a
			       policy below another is attached */
	bool detail;	    /* instrumented sample */
	struct policy_kept *kept; /* NULL: none is kept */
	double attach_limit_s;	  /* of a command; 0: POLICY_ATTACH_LIMIT_S */
	/*
	 * Verifier log, libbpf's messages, a command's output (of much its beginning and its end), the
	 * kernel's log of the time in which it was attached. Kept after a failure, if there is anything in
	 * it.
	 */
	const char *log_path;
};

/*
 * Opens the object, sets knobs and topology, and loads it. -CAUSE_REFUSED when the verifier refuses it; the
 * log is then kept. -CAUSE_CANT when this machine can load no policy at all. Fair loads nothing. One that
 * rests in setup->kept is taken from there.
 */
int policy_load(const struct policy_spec *spec, const struct policy_setup *setup, struct policy **policy);
/*
 * Attaches, and waits until the state is "enabled" with our ops name and an enable_seq that is one higher.
 * -CAUSE_BUSY when another scheduler is active, which is never taken over. Adds its lines to the proof,
 * for one that can be kept also that its maps are as they were after the load. A policy that does not come
 * in is -EIO: the record then has status, why and, where the kernel threw it out, the ejection (ends.c).
 */
int policy_attach(struct policy *p, struct record *r);
/*
 * A sign of life, due every second while attached. False when the policy is detached: ejected, or the holder
 * died.
 */
bool policy_beat(struct policy *p);
/* Before detach: checks that it is still the same enabled policy. Adds its lines to the proof. */
void policy_prove_still_in(struct policy *p, struct record *r);
/*
 * Detaches and waits for "disabled". Adds exit kind and state to the proof. One that had gone before, or did
 * not go with its command, has its status, why and ejection set in the record. -CAUSE_LEFT_IN, like
 * policy_attach(), for a command's scheduler that could not be taken out.
 */
int policy_detach(struct policy *p, struct record *r);
/*
 * It is detached, and nothing was wrong with it: policy_unload() lets it rest, if it is of those that can be
 * kept.
 */
void policy_keep(struct policy *p);
void policy_unload(struct policy *p); /* detaches first if it is attached; NULL is fine */

const char *policy_ops_name(const struct policy *p); /* "" for fair */
/* After the load: what a foreign object may lack of its own program, in words; NULL: nothing that shows. Each
 * of its samples says it, too (PROOF_UNSET). */
const char *policy_unset(const struct policy *p);
/* A file of the policy in /sys/kernel/sched_ext while it is attached; the caller's to free. */
char *policy_file(const struct policy *p, const char *name);
/* The root below which it is attached, or NULL. */
const struct policy *policy_parent(const struct policy *p);
/* The map's live contents, mapped once; data is NULL when the policy has no such map. */
struct policy_map policy_map(struct policy *p, const char *name);
/* Reads all records of a ring buffer map; 0 when there is no such map. */
int policy_drain(struct policy *p, const char *name, void (*each)(void *ctx, const void *rec, size_t len),
		 void *ctx);

/* Name, calls and run time of each BPF program of the policy since load (needs policy_stats_on()). */
struct policy_prog {
	const char *name;
	uint64_t calls, ns;
};
int policy_progs(struct policy *p, struct policy_prog *out, int max); /* how many, or negative errno */
/* Of a program when it was loaded, as the kernel's verifier has it. */
struct policy_verified {
	const char *program;
	uint64_t insns, states, usec; /* that the verifier went through, that it made, and the time it took */
	unsigned xlated, jited;	      /* bytes of BPF that came of it, and of the CPU's own instructions */
};
/* How many; none of a command. The list is the policy's. */
int policy_verified(const struct policy *p, const struct policy_verified **list);
/* BPF_STATS_RUN_TIME until the returned descriptor is closed. */
int policy_stats_on(void);
