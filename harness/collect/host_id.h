/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names for the machines and policies that a history distinguishes. Both are the first 16 hex digits of a
 * SHA-256, so they reveal nothing about what they are made of.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"
#include "topology/topology.h"

/*
 * Sets run->host. It is made of the CPU model; counts of packages, nodes, L3 groups, cores and CPUs; the size
 * class of the memory; the machine's id if it has one; emulated or not; and what a cloned image does not
 * share: the UUID that the firmware has, or where that is not readable or not one, the name of the host. An
 * emulator has neither of its own. The size class is a power of 2 GiB, so it does not change when a kernel
 * reserves more memory. The kernel is not part of it, so it is the same after an update and a boot. run: with
 * its environment, see env_collect().
 *
 * run->host_before is without UUID and name, which earlier versions left out; NULL where there is neither.
 */
void env_host(struct run *run, const struct topology *t);

/*
 * The hash of the policy's object file, or of a command's words and program, and of its knobs. The caller's
 * to free. NULL for fair, which is part of the kernel, and for a file that can't be read.
 */
char *env_policy_hash(const struct policy_spec *spec);
