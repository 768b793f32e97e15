/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clocks, and waiting by them. Durations and deadlines are in seconds of CLOCK_MONOTONIC; what is compared
 * with times of the kernel's or of a BPF program is in its ns.
 */
#pragma once
#include <stdint.h>
#include <time.h>

double clock_s(void);
uint64_t clock_ns(void);
/* Of another clock: CLOCK_REALTIME, or one of CPU time. */
uint64_t clock_ns_of(clockid_t clock);

/* A signal that is caught ends the wait before its time. */
void clock_sleep(double seconds);
void clock_sleep_until(double when);
