/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names for what a history must tell apart: machines and policies. Both are the first 16 hex digits of a
 * SHA-256, so that they say nothing of what they are made of.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"
#include "topology/topology.h"

/*
 * Sets run->host: of CPU model, counts of packages, nodes, L3 groups, cores and CPUs, size class of the
 * memory (the power of 2 GiB that holds it: a kernel that keeps more for itself stays in its class), the
 * machine's id where it has one, and emulated or not. Not of the kernel, so it is the same after an update
 * and a boot. run: with its environment, see env_collect().
 */
void env_host(struct run *run, const struct topology *t);

/*
 * Of the policy's object file, or of a command's words and program, and of its knobs. The caller's to free;
 * NULL for fair, which is the kernel's, and for what can't be read.
 */
char *env_policy_hash(const struct policy_spec *spec);
