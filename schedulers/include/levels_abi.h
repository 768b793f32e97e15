/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far a task is moved from one CPU to another; names and meaning are those of the policies' own counts,
 * mig_* of stats_abi.h. No includes.
 * core  to an SMT sibling of its CPU
 * l3    to another core of the same L3 group
 * node  to another L3 group of the same node
 * far   to another node
 */
#pragma once

#define MIGRATE_LEVELS(X) \
	X(core)           \
	X(l3)             \
	X(node)           \
	X(far)
#define MIGRATE_ENUM(n) MIGRATE_##n,
enum migrate_level { MIGRATE_LEVELS(MIGRATE_ENUM) MIGRATE_NR };
