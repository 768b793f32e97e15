/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy's object file before and right after it is loaded. */
#pragma once
#include "policy/loaded.h"

/*
 * Opens it, finds its struct_ops map and ops name, sets its knobs. Errors are logged; p->obj is set once it
 * is open.
 */
int object_open(const struct policy_spec *spec, struct policy *p);
/* A part of it, once p->obj is open and has BTF. */
int object_take(const struct policy_spec *spec, struct policy *p);
/* Sets an integer global of .rodata; -ENOENT when the object has no global of that name. */
int object_set(struct policy *p, const char *name, uint64_t value);

/* It is not of our contract: it has no map scxb_cpu. */
bool object_is_foreign(const struct bpf_object *obj);

/* machine.c: before load, sets the loader's own variables (scxb_*) and the sizes of the maps. */
int machine_size(struct policy *p, const struct policy_setup *setup);
int machine_cpus(void); /* possible ones, whatever hwloc shows */
/* After load: fills in the topology, where the object has a map for it. */
int machine_fill(struct policy *p, const struct topology *t);
