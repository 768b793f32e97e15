/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: what there is to read of a policy's end. Of these the first that knows it: our own
 * exit record, the watch of the kernel (exit_watch.h), the object's own record (exit_uei.h), the kernel's
 * log.
 */
#pragma once
#include "policy/loaded.h"

/*
 * Kind, code, reason, message and dump, without the time; also of an end that was asked for (EXIT_UNREG).
 * False: nothing is known, and *e is all zero. Without a name of its ops, that of any scheduler since the
 * attach. It may be asked again, but for the log: that of the kernel is read once, and is then in the
 * policy's log.
 */
bool exit_said(struct policy *p, struct ejection *e);
/*
 * By our own record or the watch alone, while it may still run: its end, or, with the kind EXIT_NONE, that it
 * has not ended. False: it has neither.
 */
bool exit_is_noted(struct policy *p, struct ejection *e);
/* It has ended for another reason than that it was taken out. */
bool exit_is_known(struct policy *p);
void exit_forget(struct ejection *e);
