/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ops about a CPU, for a policy that keeps no state of CPUs. SCXB_OPS_PLAIN_CPU lists them in the ops. */
#ifndef SCXB_PLAIN_CPU_BPF_H
#define SCXB_PLAIN_CPU_BPF_H

#include "ops.bpf.h"

/* These policies have nothing to do at a hotplug, but without both ops the kernel ends them then. */
void SCXB_OP(plain_cpu_online, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_online, NULL, 0);

	scxb_begin(&call);
}

void SCXB_OP(plain_cpu_offline, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_offline, NULL, 0);

	scxb_begin(&call);
}

#define SCXB_OPS_PLAIN_CPU .cpu_online = (void *)plain_cpu_online, .cpu_offline = (void *)plain_cpu_offline

#endif
