/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When (UTC) and on which machine a run was, as attributes of a JUnit testsuite, which end its tag; what is
 * not known is left out. A machine's name is as in the store (collect/host_id.h). Then as its property
 * whether the machine was emulated.
 */
#pragma once
#include "record/record.h"
#include "text/buf.h"

void junit_where(struct buf *b, const struct run *run);
