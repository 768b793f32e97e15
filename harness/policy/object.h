/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy's object file before and right after the kernel takes it. */
#pragma once
#include "policy/loaded.h"

/* Opens it, finds its struct_ops map and ops name, sets its knobs. Logged; p->obj is set when it is open. */
int object_open(const struct policy_spec *spec, struct policy *p);
/* Sets an integer global of .rodata; -ENOENT when the object has none of that name. */
int object_set(struct policy *p, const char *name, uint64_t value);

/* machine.c: before load, the loader's own variables (scxb_*) and the sizes of the maps. */
int machine_size(struct policy *p, const struct policy_setup *setup);
/* After load: the topology, where the object has room for it. */
int machine_fill(struct policy *p, const struct topology *t);
