/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clocks, and waiting by them. Durations and deadlines are in seconds of CLOCK_MONOTONIC. Times that are
 * compared with those of the kernel or of a BPF program are in ns of the same clock.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

double clock_s(void);
uint64_t clock_ns(void);
/* The time of another clock: CLOCK_REALTIME, or one of CPU time. */
uint64_t clock_ns_of(clockid_t clock);

/* The kernel says that something keeps CLOCK_REALTIME right (adjtimex(2)). */
bool clock_synchronised(void);

/* How long the machine was suspended since it booted, to within 1 ms unless this thread is kept from running.
 */
double clock_suspended_s(void);

/* A signal that is caught ends the wait early. */
void clock_sleep(double seconds);
void clock_sleep_until(double when);
