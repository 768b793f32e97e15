/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a policy has for the storm, but of none that is attached: it knows no task, and nobody heeds its map.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char _license[] SEC("license") = "GPL";

u64 reenq[8] SEC(".data.control");

SEC("syscall") int scxb_state_of(s32 *tid)
{
	return reenq[0] && *tid < 0;
}
