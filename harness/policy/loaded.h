/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: a loaded policy. */
#pragma once
#include <bpf/libbpf.h>
#include "policy/holder.h"
#include "policy/policy.h"

#define OPS_NAME_LEN 128 /* SCX_OPS_NAME_LEN */
#define MAX_MAPPED 8

struct mapped {
	struct bpf_map *map;
	struct policy_map view;
	size_t len;
};

struct constant;

/* How a command ended, if it did so by itself. */
struct told {
	bool ended;
	int status; /* as of wait() */
};

struct policy {
	enum policy_kind kind;
	char *name, *command, *log_path;
	char ops[OPS_NAME_LEN];
	struct bpf_object *obj; /* POLICY_BPF only, like the members that follow */
	struct bpf_map *ops_map;
	struct bpf_link *link; /* in the holder only */
	struct mapped mapped[MAX_MAPPED];
	int nr_mapped;
	struct constant *constant; /* of the kernel, which its own program would set: see own.h */
	int nr_constants;
	char *unset;	    /* what it may lack of its own program, in words, or NULL */
	char *verifier_log; /* see verified.h */
	struct policy_verified *verified;
	int nr_verified;
	struct bpf_link **other; /* of its programs that are no ops, while it is attached */
	int nr_others;
	pid_t pid;	   /* of the command, in the holder only */
	char *group;	   /* its cgroup, see command_group.h */
	double limit_s;	   /* until its scheduler must be in */
	double started_s;  /* CLOCK_BOOTTIME, before its start */
	struct told *told; /* what its holder tells of it; shared with that */
	/* Of a policy that can be kept (kept.h), else NULL and 0. */
	struct reset *reset;
	struct policy_kept *kept;
	const struct policy_spec *spec;
	unsigned attaches;
	bool detail, keep;
	struct holder holder;
	bool own_exits;
	bool refused; /* the kernel did not attach it */
	bool lost;    /* the holder was: whatever ended the policy then, it was not the policy */
	int log;      /* of the kernel since the attach, see kmsg.h; -1: none */
	struct exit_watch
		*exits; /* NULL: it has a record of ours, or there is none; those of policy_kept are its */
	bool attached;
	bool failed;		    /* keeps the log */
	uint64_t seq;		    /* enable_seq after the attach; only a root raises it */
	struct policy *parent;	    /* the root below which it is attached, in its own holder; else NULL */
	uint64_t cgroup;	    /* that it is attached to then */
	double attached_at, out_at; /* out_at: 0 until it was seen detached */
	struct scx_state out;	    /* the state then */
};

/* Why the kernel ended the policy, in its own exit record; NULL when the object keeps none. */
const struct scxb_exit *policy_exit(struct policy *p);
/* maps.c: undoes all policy_map(). */
void policy_unmap(struct policy *p);
