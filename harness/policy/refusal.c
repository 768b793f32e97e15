/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/refusal.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/kernel.h"
#include "util/mem.h"

#ifndef ENOTSUPP
#define ENOTSUPP 524 /* the kernel's own; user space has no name for it */
#endif

static const struct {
	const char *gone, *successor;
} renamed[] = {
	{ "scx_bpf_dispatch", "scx_bpf_dsq_insert" },
	{ "scx_bpf_dispatch_vtime", "scx_bpf_dsq_insert_vtime" },
	{ "scx_bpf_consume", "scx_bpf_dsq_move_to_local" },
	{ "scx_bpf_dispatch_from_dsq", "scx_bpf_dsq_move" },
	{ "scx_bpf_dispatch_vtime_from_dsq", "scx_bpf_dsq_move_vtime" },
	{ "scx_bpf_dispatch_from_dsq_set_slice", "scx_bpf_dsq_move_set_slice" },
	{ "scx_bpf_dispatch_from_dsq_set_vtime", "scx_bpf_dsq_move_set_vtime" },
	{ "scx_bpf_dsq_insert_vtime", "__scx_bpf_dsq_insert_vtime" },
	{ "scx_bpf_select_cpu_and", "__scx_bpf_select_cpu_and" },
	{ "scx_bpf_reenqueue_local", "scx_bpf_dsq_reenq" },
	{ "scx_bpf_cpu_rq", "scx_bpf_locked_rq" },
};

/* What stands between the two words, if it fits. */
static bool take_between(const char *message, const char *before, const char *after, char *out)
{
	const char *from = strstr(message, before), *end;

	from = from ? from + strlen(before) : NULL;
	end = from ? strstr(from, after) : NULL;
	if (!end || end - from >= REFUSAL_NAME || end == from || memchr(from, '\n', end - from))
		return false;
	snprintf(out, REFUSAL_NAME, "%.*s", (int)(end - from), from);
	return true;
}

/* "failed to resolve CO-RE relocation <byte_off> [44] struct task_struct.x (0:1 @ offset 4)" */
static void read_place(struct refusal *r, const char *message)
{
	const char *at = r->place[0] ? NULL : strstr(message, "failed to resolve CO-RE relocation");

	if (at)
		take_between(at, "] ", " (", r->place);
}

#define LOG_BEGIN "': -- BEGIN PROG LOAD LOG --"
#define LOG_END "-- END PROG LOAD LOG --"

/* The line that ends before end, as far as it fits. */
static const char *line_before(const char *begin, const char *end, char line[REFUSAL_NAME])
{
	const char *from = end > begin && end[-1] == '\n' ? --end : end;

	while (from > begin && from[-1] != '\n')
		from--;
	snprintf(line, REFUSAL_NAME, "%.*s", (int)(end - from), from);
	return from;
}

/* The verifier's log ends with what is wrong, and with its own figures below that. */
static void read_verdict(struct refusal *r, const char *message)
{
	const char *begin = r->verdict[0] ? NULL : strstr(message, LOG_BEGIN),
		   *end = begin ? strstr(begin, LOG_END) : NULL;
	char line[REFUSAL_NAME];

	if (!end || !take_between(message, "prog '", LOG_BEGIN, r->program))
		return;
	do
		end = line_before(begin, end, line);
	while (end > begin && (!strncmp(line, "processed ", strlen("processed ")) || !line[0]));
	if (end > begin)
		snprintf(r->verdict, sizeof(r->verdict), "%s", line);
}

void refusal_read(struct refusal *r, const char *message)
{
	if (!r->kfunc[0] && !take_between(message, "extern (func ksym) '", "': not found", r->kfunc) &&
	    !take_between(message, "extern (func ksym) '", "': func_proto", r->kfunc))
		take_between(message, "kfunc '", "' is referenced but wasn't resolved", r->kfunc);
	if (!r->config[0] && !strncmp(message, "libbpf: extern 'CONFIG_", strlen("libbpf: extern 'CONFIG_")))
		take_between(message, "libbpf: extern '", "' (strong): not resolved", r->config);
	if (!r->variable[0] && !take_between(message, "extern (var ksym) '", "': not found", r->variable) &&
	    !strncmp(message, "libbpf: extern '", strlen("libbpf: extern '")) && !r->config[0])
		take_between(message, "libbpf: extern '", "' (strong): not resolved", r->variable);
	if (!r->target[0])
		take_between(message, ": failed to find kernel BTF type ID of '", "'", r->target);
	read_place(r, message);
	read_verdict(r, message);
	r->no_config |= strstr(message, "failed to open system Kconfig") != NULL;
	if (!r->member[0])
		take_between(message, ": Cannot find member ", " in kernel BTF", r->member);
}

static char *kfunc_text(const char *kfunc, const char *policy)
{
	char *name = kernel_name(kfunc), *text;
	const char *successor = NULL;

	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		if (!strcmp(renamed[i].gone, name))
			successor = renamed[i].successor;
	if (kernel_has_function(name))
		text = mem_printf(
			"policy %s calls the kfunc %s by another prototype than this kernel's: compile it "
			"against this kernel's vmlinux.h, or declare both under flavours (%s___x)",
			policy, name, name);
	else
		text = mem_printf("policy %s calls the kfunc %s, which this kernel doesn't have: %s%s",
				  policy, name,
				  successor ? "its successor is "
					    : "take another kernel, or guard the call by "
					      "bpf_ksym_exists()",
				  successor ? successor : "");
	free(name);
	return text;
}

static char *config_text(const struct refusal *r, const char *policy)
{
	if (r->no_config)
		return mem_printf(
			"policy %s asks for %s of the kernel's configuration, which is not here: put it to "
			"/boot/config-$(uname -r), or take a kernel with /proc/config.gz (CONFIG_IKCONFIG_PROC=y, "
			"or modprobe configs)",
			policy, r->config[0] ? r->config : "a CONFIG_...");
	return mem_printf("policy %s asks for %s, which is not set in the configuration of this kernel: take "
			  "another kernel, or declare it __weak",
			  policy, r->config);
}

/* What it takes for granted in a kernel; NULL: nothing of these. */
static char *lack_text(const struct refusal *r, const char *policy)
{
	if (r->member[0])
		return mem_printf(
			"policy %s has ops.%s, which this kernel doesn't have: leave it out, or take a "
			"newer kernel",
			policy, r->member);
	if (r->variable[0])
		return mem_printf("policy %s uses the kernel's %s, which this kernel doesn't have: take "
				  "another kernel, or declare it __weak",
				  policy, r->variable);
	if (r->target[0])
		return mem_printf("policy %s has a program at %s(), which this kernel doesn't have: take "
				  "another kernel",
				  policy, r->target);
	if (r->place[0])
		return mem_printf("policy %s uses %s, which this kernel doesn't have: take another kernel, "
				  "or guard it by bpf_core_field_exists() and the like",
				  policy, r->place);
	return NULL;
}

static char *errno_text(const char *policy, int err)
{
	switch (-err) {
	case E2BIG:
		return mem_printf(
			"policy %s is too large for this kernel (E2BIG): its programs have too many "
			"instructions, or too many ways through them for the verifier: bound its loops, or "
			"split it",
			policy);
	case ENOTSUPP:
		return mem_printf(
			"policy %s uses BPF that this kernel does not support here (ENOTSUPP, 524): the "
			"JIT must be on (sysctl net.core.bpf_jit_enable=1) and support this CPU",
			policy);
	case EPERM:
		return mem_printf(
			"the kernel does not permit policy %s (EPERM): CAP_BPF or CAP_PERFMON is missing, "
			"or a seccomp filter or lockdown forbids bpf(): see 'scxbench doctor'",
			policy);
	default:
		return NULL;
	}
}

static char *verdict_text(const struct refusal *r, const char *policy, int err)
{
	return r->verdict[0] ? mem_printf("the kernel refuses policy %s (%s), for its program %s: %s", policy,
					  strerror(-err), r->program, r->verdict)
			     : NULL;
}

char *refusal_text(const struct refusal *r, const char *policy, int err)
{
	if (r->kfunc[0])
		return kfunc_text(r->kfunc, policy);
	if (r->no_config || r->config[0])
		return config_text(r, policy);
	return lack_text(r, policy) ?: errno_text(policy, err) ?: verdict_text(r, policy, err);
}
