/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy comes in and goes out, and what each of it took: METRIC_SWAP*. */
#pragma once
#include "policy/policy.h"
#include "record/record.h"

struct swap {
	const struct policy_spec *spec;
	bool untimed;	      /* the exact lab has no times */
	bool partial;	      /* the policy is attached, and schedules SCHED_EXT tasks only */
	struct dark *dark[2]; /* probes of the attach and the detach */
};

/* As policy_load(), policy_attach() and policy_detach(). */
int swap_load(const struct swap *s, const struct policy_setup *setup, struct policy **p, struct record *r);
int swap_attach(struct swap *s, struct policy *p, struct record *r);
int swap_detach(struct swap *s, struct policy *p, struct record *r);
/* When the policy is out. */
void swap_end(struct swap *s);
