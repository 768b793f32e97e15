/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks what the kernel and the policy's own exit record say about its state, and adds it to the proof. */
#pragma once
#include "policy/loaded.h"

bool scx_is_idle(const struct scx_state *s); /* no policy is attached */
/* Enabled by us and not replaced since; for fair: no policy was enabled. */
bool policy_is_in(const struct policy *p, const struct scx_state *s);

enum prove_when { PROVE_ATTACHED, PROVE_BEFORE_DETACH, NR_PROVE_WHEN };
void policy_prove_in(struct policy *p, struct record *r, enum prove_when when);
/* Adds a line: it was never seen detached. */
void policy_prove_stayed(struct policy *p, struct record *r);
void policy_prove_out(struct policy *p, struct record *r, const struct scx_state *s);
