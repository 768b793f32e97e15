/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/probe.h"
#include <bpf/btf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "policy/policy.h"
#include "util/fs.h"

static const struct {
	const char *name, *cure;
} text[NR_PROBE] = {
	[PROBE_OK] = { "sched_ext policies load", "nothing to do" },
	[PROBE_NO_SCX] = { "the kernel has no sched_ext",
			   "boot one with CONFIG_SCHED_CLASS_EXT=y (Debian: trixie-backports), or use the lab" },
	[PROBE_NO_BTF] = { "the kernel has no BTF", "boot one with CONFIG_DEBUG_INFO_BTF=y, or use the lab" },
	[PROBE_NO_ROOT] = { "not root", "run it with sudo, or use the lab" },
	[PROBE_BUSY] = { "another sched_ext scheduler is active",
			 "stop it (its name is in /sys/kernel/sched_ext/root/ops); it is never taken over" },
	[PROBE_NO_OBJECT] = { "the policies are not built", "run 'make build'" },
	[PROBE_UNSOUND] = { "the kernel's BTF has wrong function prototypes and refuses every sched_ext object",
			    "a fault of this kernel package: boot another version, or use the lab" },
	[PROBE_REFUSED] = { "the kernel refuses the policy fifo",
			    "read the verifier's log; a kernel from 6.19 on is supported" },
};

const char *probe_name(enum probe p)
{
	return text[p].name;
}

const char *probe_cure(enum probe p)
{
	return text[p].cure;
}

static enum probe load_fifo(const char *home, const struct topology *t, const char *log_path)
{
	const struct policy_setup setup = { .topology = t, .log_path = log_path };
	struct policy_spec spec;
	struct policy *p = NULL;
	int err;

	if (policy_parse(home, "fifo", &spec))
		return PROBE_NO_OBJECT;
	err = policy_load(&spec, &setup, &p);
	policy_unload(p);
	policy_spec_free(&spec);
	if (err && probe_btf_is_unsound())
		return PROBE_UNSOUND;
	return err ? PROBE_REFUSED : PROBE_OK;
}

enum probe probe_policies(const char *home, const struct topology *t, const char *log_path)
{
	struct scx_state scx;

	scx_state_read(&scx);
	if (!scx.present)
		return PROBE_NO_SCX;
	if (!fs_exists(fs_sys("/sys/kernel/btf/vmlinux")))
		return PROBE_NO_BTF;
	if (geteuid())
		return PROBE_NO_ROOT;
	if (strcmp(scx.state, "disabled"))
		return PROBE_BUSY;
	return load_fifo(home, t, log_path);
}

static struct btf *kernel_btf(void)
{
	return btf__parse(fs_sys("/sys/kernel/btf/vmlinux"), NULL);
}

/* The kfunc's last parameter, or "". */
static const char *last_param(const struct btf *btf, const char *kfunc)
{
	int id = btf__find_by_name_kind(btf, kfunc, BTF_KIND_FUNC);
	const struct btf_type *proto;

	if (id < 0)
		return "";
	proto = btf__type_by_id(btf, btf__type_by_id(btf, id)->type);
	if (!btf_vlen(proto))
		return "";
	return btf__name_by_offset(btf, btf_params(proto)[btf_vlen(proto) - 1].name_off);
}

bool probe_btf_is_unsound(void)
{
	struct btf *btf = kernel_btf();
	bool unsound = btf && !strcmp(last_param(btf, "scx_bpf_create_dsq"), "aux");

	btf__free(btf);
	return unsound;
}

static bool has_flag(const struct btf *btf, const struct btf_type *t, const char *name)
{
	for (int i = 0; i < btf_vlen(t); i++) {
		__u32 off = btf_is_enum64(t) ? btf_enum64(t)[i].name_off : btf_enum(t)[i].name_off;

		if (!strcmp(btf__name_by_offset(btf, off), name))
			return true;
	}
	return false;
}

bool probe_custody_is_exact(void)
{
	struct btf *btf = kernel_btf();
	int id = btf ? btf__find_by_name(btf, "scx_deq_flags") : -ENOENT;
	const struct btf_type *t = id < 0 ? NULL : btf__type_by_id(btf, id);
	bool exact = t && btf_is_any_enum(t) && has_flag(btf, t, "SCX_DEQ_SCHED_CHANGE");

	btf__free(btf);
	return exact;
}
