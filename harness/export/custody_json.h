/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Custody runs side by side for programs (keys: results/README.md). */
#pragma once
#include "store/store.h"

char *custody_json(const struct store_run *run, size_t nr); /* the caller's to free */
