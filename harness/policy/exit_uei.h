/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: the exit record that an object of the kernel's or of the scx project keeps for its own
 * user space (UEI_DEFINE): a struct user_exit_info among its data, found by BTF.
 */
#pragma once
#include "policy/loaded.h"

/* Kind, code, reason and message. False: the object has none, or it is not filled in. */
bool exit_uei_read(const struct policy *p, struct ejection *e);
