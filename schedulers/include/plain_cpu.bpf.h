/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ops about a CPU of a policy that keeps no state of CPUs. Listed in the ops by SCXB_OPS_PLAIN_CPU.
 */
#ifndef SCXB_PLAIN_CPU_BPF_H
#define SCXB_PLAIN_CPU_BPF_H

#include "ops.bpf.h"

/* Hotplug needs nothing of these policies, but without both ops the kernel ends them at a hotplug. */
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
