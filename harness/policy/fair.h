/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The settings of the kernel's own scheduler that an arm may have, as knobs:
 *
 *	fair:base_slice_us=3000,features=NO_RUN_TO_PARITY+PLACE_LAG
 *
 * How they are made is in host/fair.h. Pure.
 */
#pragma once
#include "policy/policy.h"

#define FAIR_SLICE "base_slice_us"
#define FAIR_FEATURES "features" /* each as the kernel lists it, with NO_ before what is off */
#define FAIR_OFF "NO_"

/* Names and forms of the knobs: 0, or -CAUSE_USAGE, logged. What a kernel has is not known here. */
int fair_check(const struct policy_spec *spec);
/* The next word of features, from *at on, which moves behind it; its length, 0 at the end. */
size_t fair_feature(const char **at, const char **word);
