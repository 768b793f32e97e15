/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel and the policy's own exit record say of where it is, judged and written down. */
#pragma once
#include "policy/loaded.h"

bool scx_is_idle(const struct scx_state *s); /* no policy is in */
/* Enabled by us and not replaced since; for fair: nothing was. */
bool policy_is_in(const struct policy *p, const struct scx_state *s);
/* By its exit record: ended by anything but our detach. */
bool policy_was_ejected(struct policy *p);
void policy_note_ejection(struct policy *p, struct record *r);

enum prove_when { PROVE_ATTACHED, PROVE_BEFORE_DETACH, NR_PROVE_WHEN };
void policy_prove_in(struct policy *p, struct record *r, enum prove_when when);
/* It was never seen to be out. */
void policy_prove_stayed(struct policy *p, struct record *r);
void policy_prove_out(struct policy *p, struct record *r, const struct scx_state *s);
