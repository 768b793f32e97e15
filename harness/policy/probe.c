/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/probe.h"
#include <string.h>
#include <unistd.h>
#include "policy/kernel.h"
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
	if (err && kernel_btf_is_unsound())
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
