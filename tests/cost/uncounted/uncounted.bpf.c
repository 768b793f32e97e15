/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fifo without ledger, counters and control, as tests/cost/ledger.sh compiles the policies. */
#define SCXB_NO_LEDGER
#include "../../../schedulers/fifo/fifo.bpf.c"
