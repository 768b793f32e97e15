/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy that forgot a piece: the ledger's op is not in its table. It must not be loaded. */
#include "../broken/broken.bpf.h"

BROKEN_POLICY(lacks, .dequeue = NULL);
