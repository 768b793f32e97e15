/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a picture of a run says of that run, because pictures travel without their page: why its numbers are
 * not a result, and where they are from. Plain text with any byte that the run has; the caller's to free.
 * Pure.
 */
#pragma once
#include "judge/compare.h"

/*
 * Capital words, one for each reason, with a blank between; "" where all is well. They are those of the
 * page's banner and answer: EMULATED; INSTRUCTIONS, NOT TIME (of the exact lab); DEMONSTRATION (too few
 * blocks for a verdict); INTERIM (it goes on); INCOMPLETE (it has ended with fewer samples than planned).
 */
char *caption_marks(const struct compare *c);
/* Of that, what a run has before its first sample: one of the first two, or "". */
const char *caption_mark(const struct run *run);
/* What the numbers of an emulated run are not, as a sentence of a text; NULL: the machine was real. */
const char *caption_warning(const struct run *run);
/*
 * "Xeon E5, 8 CPUs, host 3f9a1c; Linux 7.3.4; 2026-11-22; run ID; 15 blocks". Of what the run does not have
 * nothing is said. host is the fingerprint by which a history distinguishes machines.
 */
char *caption_origin(const struct compare *c);
/* The same up to the day. */
char *caption_machine(const struct run *run);
/* "Xeon E5, 8 CPUs"; "" where neither is known. */
char *caption_hardware(const struct run *run);
