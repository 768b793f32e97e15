/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "policy/arena.h"
#include "policy/below.h"
#include "policy/command_group.h"
#include "policy/exit_watch.h"
#include "policy/fair.h"
#include "policy/kept.h"
#include "policy/kernel.h"
#include "policy/needs.h"
#include "policy/object.h"
#include "policy/ops.h"
#include "policy/own.h"
#include "policy/print.h"
#include "policy/reset.h"
#include "policy/verified.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static int can_load(void)
{
	struct findings f = { 0 };
	int err;

	policy_needs(&f);
	err = findings_refuse(&f, FINDING_NO_POLICY);
	findings_free(&f);
	return err;
}

/* The first CONFIG_... that the object asks for, or "". libbpf does not name it. */
static const char *asked_config(const struct btf *btf)
{
	int id = btf__find_by_name_kind(btf, ".kconfig", BTF_KIND_DATASEC);
	const struct btf_type *sec = id < 0 ? NULL : btf__type_by_id(btf, id);

	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		const struct btf_type *var = btf__type_by_id(btf, btf_var_secinfos(sec)[i].type);
		const char *name = btf__name_by_offset(btf, var->name_off);

		if (!strncmp(name, "CONFIG_", strlen("CONFIG_")))
			return name;
	}
	return "";
}

/* The one line for a person, which a sample keeps; the rest is in the log. */
static int load_refused(const struct policy *p, int err)
{
	struct refusal refusal = *print_refusal();
	const char *log = p->log_path ? p->log_path : "", *below = *log ? "; the verifier's log is in " : "";
	char *why;

	if (refusal.no_config)
		snprintf(refusal.config, sizeof(refusal.config), "%s", asked_config(bpf_object__btf(p->obj)));
	why = refusal_text(&refusal, p->name, err);
	if (kernel_btf_is_unsound())
		err = log_err(
			-CAUSE_CANT,
			"this kernel refuses every sched_ext policy, because its BTF has wrong function "
			"prototypes (a fault of its package): boot another, see 'scxbench doctor'");
	else if (why)
		err = log_err(err == -EPERM ? -CAUSE_CANT : -CAUSE_REFUSED, "%s%s%s", why, below, log);
	else
		err = log_err(-CAUSE_REFUSED, "the kernel refuses policy %s (%s)%s%s", p->name,
			      strerror(-err), below, log);
	free(why);
	return err;
}

/* libbpf only says that it finds no such type. */
static int check_form(const struct policy *p)
{
	char *type = ops_type(p);
	bool common = !strcmp(type, "sched_ext_ops"); /* which can_load() has seen to */
	int err = 0;

	if (!common && !kernel_has_struct(type))
		err = log_err(
			-CAUSE_REFUSED,
			"policy %s is of a form that this kernel doesn't have (struct %s%s): take another kernel",
			p->name, type, strcmp(type, "sched_ext_ops") ? ", Linux 7.3 or newer" : "");
	free(type);
	return err;
}

static int prepare_object(const struct policy_setup *setup, struct policy *p)
{
	int err = machine_size(p, setup);

	if (!err)
		err = own_prepare(p);
	if (!err && !setup->detail && kernel_custody_is_exact())
		ops_leave_out_watches(p);
	return err;
}

/* As a whole, because libbpf loads an object once: now with the verifier's log, which says why it was
 * refused. */
static int load_with_log(const struct policy_spec *spec, const struct policy_setup *setup, struct policy *p)
{
	int err;

	own_free(p);
	verified_free(p);
	bpf_object__close(p->obj);
	p->obj = NULL;
	err = object_open(spec, p);
	if (!err && p->cgroup)
		err = below_set(p, p->cgroup);
	if (!err)
		err = prepare_object(setup, p);
	if (err)
		return err;
	err = arena_load(p->obj);
	return err ? load_refused(p, err) : 0;
}

static int load_object(const struct policy_spec *spec, const struct policy_setup *setup, struct policy *p)
{
	int err = check_form(p);

	if (!err)
		err = prepare_object(setup, p);
	if (err)
		return err;
	verified_ask(p);
	if (!arena_load(p->obj))
		verified_note(p);
	else
		err = load_with_log(spec, setup, p);
	if (err)
		return err;
	err = own_check(spec, p);
	return err ? err : machine_fill(p, setup->topology);
}

/* The parent's counters are of every task that it has, and nobody reads them. */
static int load_parent(const struct policy_spec *spec, const struct policy_setup *setup, struct policy *p)
{
	const struct policy_setup of_parent = { .topology = setup->topology };
	int err = below_set(p, setup->cgroup_id);

	return err ? err : load_object(spec->parent, &of_parent, p->parent);
}

static struct policy *new_policy(const struct policy_spec *spec, const char *log_path)
{
	struct policy *p = mem_zalloc(1, sizeof(*p));

	p->kind = spec->kind;
	p->log = -1;
	p->name = mem_strdup(spec->name);
	p->command = mem_strdup(spec->command);
	if (p->kind == POLICY_CMD) {
		p->group = command_group_path();
		p->told = mem_shared(sizeof(*p->told));
	}
	p->limit_s = POLICY_ATTACH_LIMIT_S;
	p->log_path = mem_strdup(log_path);
	return p;
}

/* Loading it takes longer than all that a sample does with it, so a run keeps it. */
static struct exit_watch *kept_watch(struct policy_kept *k)
{
	if (!k->exits && !k->no_exits)
		k->exits = exit_watch_begin();
	k->no_exits = !k->exits;
	return k->exits;
}

/* For one without a record of ours. */
static void watch_exit(struct policy *p, struct policy_kept *kept)
{
	if (p->kind == POLICY_FAIR || policy_exit(p))
		return;
	p->exits = kept ? kept_watch(kept) : exit_watch_begin();
	p->own_exits = !kept;
}

/* The object, and that of its parent: both fit together. */
static int open_objects(const struct policy_spec *spec, struct policy *p)
{
	int err = object_open(spec, p);

	if (err || !spec->parent)
		return err;
	p->parent = new_policy(spec->parent, p->log_path);
	err = object_open(spec->parent, p->parent);
	return err ? err : below_check(p, p->parent);
}

static int load_objects(const struct policy_spec *spec, const struct policy_setup *setup, struct policy *p)
{
	int err = can_load();

	if (!err)
		err = open_objects(spec, p);
	if (!err && p->parent)
		err = load_parent(spec, setup, p);
	return err ? err : load_object(spec, setup, p);
}

static int load_new(const struct policy_spec *spec, const struct policy_setup *setup, struct policy *p)
{
	int err = load_objects(spec, setup, p);

	if (!err)
		kept_note(p, spec, setup);
	return err;
}

int policy_load(const struct policy_spec *spec, const struct policy_setup *setup, struct policy **policy)
{
	struct policy *resting = kept_take(spec, setup),
		      *p = resting ? resting : new_policy(spec, setup->log_path);
	int err = spec->kind == POLICY_FAIR ? 0 : print_to(setup->log_path);

	if (!err && spec->kind == POLICY_BPF && !resting)
		err = load_new(spec, setup, p);
	if (!err)
		watch_exit(p, setup->kept);
	if (setup->attach_limit_s > 0)
		p->limit_s = setup->attach_limit_s;
	p->failed = err;
	if (err)
		policy_unload(p);
	*policy = err ? NULL : p;
	return err;
}

int policy_check(const struct policy_spec *spec)
{
	struct policy *p;
	int err;

	if (spec->kind == POLICY_FAIR)
		return fair_check(spec);
	if (spec->kind != POLICY_BPF)
		return 0;
	p = new_policy(spec, NULL);
	err = print_to(NULL);
	if (!err)
		err = open_objects(spec, p);
	policy_unload(p);
	return err;
}

void policy_unload(struct policy *p)
{
	struct record unread = { 0 };

	if (!p)
		return;
	if (p->attached)
		policy_detach(p, &unread);
	record_free(&unread);
	if (p->log >= 0)
		close(p->log);
	p->log = -1;
	if (kept_rest(p))
		return;
	policy_unmap(p);
	reset_free(p->reset);
	own_free(p);
	verified_free(p);
	bpf_object__close(p->obj);
	print_end(p->log_path, p->failed);
	policy_unload(p->parent);
	if (p->own_exits)
		exit_watch_end(p->exits);
	mem_unshare(p->told, sizeof(*p->told));
	free(p->name);
	free(p->command);
	free(p->group);
	free(p->log_path);
	free(p);
}

const char *policy_ops_name(const struct policy *p)
{
	return p->ops;
}

const char *policy_unset(const struct policy *p)
{
	return p->unset;
}
