/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lab reads a command line in its chroot before it boots a guest. There every command does what it can do
 * without a kernel: it finds a mistake, prints a plan or what is stored. One that would now attach, watch or
 * steer a policy ends with EXIT_CODE_GUEST instead, and the lab gives the same command line to a guest.
 */
#pragma once

/* The accelerator of the guest that would be booted, "tcg" or "kvm" (SCXBENCH_GUEST); NULL: this is the
 * machine. */
const char *guest_ahead(void);
