/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: what the kernel's verifier tells of each program, see struct policy_verified. */
#pragma once
#include "policy/loaded.h"

/*
 * Before the load: asks for the verifier's statistics in place of its log, which a load that fails then
 * lacks.
 */
void verified_ask(struct policy *p);
/* After the load: keeps them in p. */
void verified_note(struct policy *p);
void verified_free(struct policy *p);
/* Pure: its statistics, as text. False: they have no states. */
bool verified_parse(const char *log, struct policy_verified *v);
