/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: what policy_load() and policy_unload() do for struct policy_kept. */
#pragma once
#include "policy/loaded.h"

/* One that rests and fits, which then rests no longer; or NULL. */
struct policy *kept_take(const struct policy_spec *spec, const struct policy_setup *setup);
/* A policy that was loaded just now: notes what it needs to rest, if it is of those that are kept. */
void kept_note(struct policy *p, const struct policy_spec *spec, const struct policy_setup *setup);
/* Lets it rest, if policy_keep() asked for that. False: it is to be unloaded. */
bool kept_rest(struct policy *p);
/* Before each attach but the first: that a kept policy's maps hold what they held after its load. */
void kept_prove(struct policy *p, struct record *r);
